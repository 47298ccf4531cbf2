import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorInput,
} from '@aws-sdk/client-dynamodb-streams';
import type { Position, PositionAfter } from './shard-position.ts';

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

/** Reads one stream; every call throws what the SDK throws, and at once when its signal aborts. */
export interface StreamReader {
  readonly listShards: (signal?: AbortSignal) => Promise<ShardLineage[]>;
  /** An iterator behind `position`. */
  readonly openShard: (
    shardId: string,
    position: Position,
    signal?: AbortSignal,
  ) => Promise<string>;
  readonly readRecords: (iterator: string, signal?: AbortSignal) => Promise<RecordsPage>;
  /** The first record that is not before `position`; undefined when the stream ends before it. */
  readonly findRecord: (
    shardId: string,
    position: PositionAfter,
    signal?: AbortSignal,
  ) => Promise<_Record | undefined>;
}

// An open shard may give an empty page though records follow.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
const EMPTY_PAGES = 4;

/** A reader of the stream `streamArn`. */
export const createStreamReader = (
  client: DynamoDBStreamsClient,
  streamArn: string,
): StreamReader => {
  const open = async (
    request: Pick<GetShardIteratorInput, 'ShardId' | 'ShardIteratorType' | 'SequenceNumber'>,
    signal: AbortSignal | undefined,
  ): Promise<string> => {
    const command = new GetShardIteratorCommand({ StreamArn: streamArn, ...request });
    const { ShardIterator } = await client.send(command, abortedBy(signal));
    if (ShardIterator !== undefined) return ShardIterator;
    throw new Error(`DynamoDB gave no iterator for ${request.ShardId}`);
  };
  return {
    listShards: (signal) => listShards(client, streamArn, signal),
    openShard: (shardId, position, signal) =>
      open({ ShardId: shardId, ...startBehind(position) }, signal),
    readRecords: (iterator, signal) => readPage(client, { ShardIterator: iterator }, signal),
    findRecord: async (shardId, position, signal) => {
      const at = { ShardIteratorType: 'AT_SEQUENCE_NUMBER', SequenceNumber: position } as const;
      let iterator: string | undefined = await open({ ShardId: shardId, ...at }, signal);
      for (let page = 0; page < EMPTY_PAGES && iterator !== undefined; page += 1) {
        const request = { ShardIterator: iterator, Limit: 1 };
        const { records, nextIterator } = await readPage(client, request, signal);
        if (records.length > 0) return records[0];
        iterator = nextIterator;
      }
      return undefined;
    },
  };
};

const abortedBy = (abortSignal: AbortSignal | undefined) => (abortSignal ? { abortSignal } : {});

const startBehind = (position: Position) =>
  position === 'start'
    ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
    : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: position } as const);

const readPage = async (
  client: DynamoDBStreamsClient,
  request: { readonly ShardIterator: string; readonly Limit?: number },
  signal: AbortSignal | undefined,
): Promise<RecordsPage> => {
  const page = await client.send(new GetRecordsCommand(request), abortedBy(signal));
  return { records: page.Records ?? [], nextIterator: page.NextShardIterator };
};

const listShards = async (
  client: DynamoDBStreamsClient,
  streamArn: string,
  signal: AbortSignal | undefined,
): Promise<ShardLineage[]> => {
  const shards: ShardLineage[] = [];
  let startAfter: string | undefined;
  do {
    const { StreamDescription } = await client.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: startAfter }),
      abortedBy(signal),
    );
    for (const { ShardId, ParentShardId } of StreamDescription?.Shards ?? []) {
      if (ShardId) shards.push({ shardId: ShardId, parentShardId: ParentShardId });
    }
    startAfter = StreamDescription?.LastEvaluatedShardId;
  } while (startAfter);
  return shards;
};
