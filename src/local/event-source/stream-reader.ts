import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { Position } from './positions.ts';

/** A shard of the stream, and the one that it was split from. */
export interface ShardLineage {
  readonly shardId: string;
  readonly parentShardId: string | undefined;
}

/** A read of one shard. */
export interface RecordsPage {
  readonly records: _Record[];
  /** Undefined once the shard is closed and read to its end; an ending sequence number is no sign. */
  readonly nextIterator: string | undefined;
}

/** Reads one stream; every call throws what the SDK throws. */
export interface StreamReader {
  readonly listShards: () => Promise<ShardLineage[]>;
  /** An iterator behind `position`. */
  readonly openShard: (shardId: string, position: Position) => Promise<string>;
  readonly readRecords: (iterator: string) => Promise<RecordsPage>;
}

/** A reader of the stream `streamArn`. */
export const createStreamReader = (
  client: DynamoDBStreamsClient,
  streamArn: string,
): StreamReader => ({
  listShards: () => listShards(client, streamArn),
  openShard: async (shardId, position) => {
    const start =
      position === 'start'
        ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position } as const);
    const request = { StreamArn: streamArn, ShardId: shardId, ...start };
    const { ShardIterator } = await client.send(new GetShardIteratorCommand(request));
    if (ShardIterator === undefined) throw new Error(`DynamoDB gave no iterator for ${shardId}`);
    return ShardIterator;
  },
  readRecords: async (iterator) => {
    const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
    return { records: page.Records ?? [], nextIterator: page.NextShardIterator };
  },
});

const listShards = async (
  client: DynamoDBStreamsClient,
  streamArn: string,
): Promise<ShardLineage[]> => {
  const shards: ShardLineage[] = [];
  let startAfter: string | undefined;
  do {
    const { StreamDescription } = await client.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: startAfter }),
    );
    for (const { ShardId, ParentShardId } of StreamDescription?.Shards ?? []) {
      if (ShardId) shards.push({ shardId: ShardId, parentShardId: ParentShardId });
    }
    startAfter = StreamDescription?.LastEvaluatedShardId;
  } while (startAfter);
  return shards;
};
