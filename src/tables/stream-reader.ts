import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type GetShardIteratorInput,
} from '@aws-sdk/client-dynamodb-streams';
import type { Position, PositionAfter } from './shard-position.ts';

/** A shard of the stream, and its parent. */
export interface ShardLineage {
  readonly shardId: string;
  readonly parentShardId: string | undefined;
}

/** The result of one GetRecords call. */
export interface RecordsPage {
  readonly records: _Record[];
  /** Undefined once the shard is closed and read to its end. Its EndingSequenceNumber does not show that. */
  readonly nextIterator: string | undefined;
}

/** Reads one stream. Every call throws what the SDK throws, and immediately when its signal aborts. */
export interface StreamReader {
  readonly listShards: (signal?: AbortSignal) => Promise<ShardLineage[]>;
  /** An iterator that starts after `position`. */
  readonly openShard: (
    shardId: string,
    position: Position,
    signal?: AbortSignal,
  ) => Promise<string>;
  readonly readRecords: (iterator: string, signal?: AbortSignal) => Promise<RecordsPage>;
  /** The first record at or after `position`; undefined when the stream ends before it. */
  readonly findRecord: (
    shardId: string,
    position: PositionAfter,
    signal?: AbortSignal,
  ) => Promise<_Record | undefined>;
}

// A page of an open shard may be empty although records follow.
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
    throw new Error(`DynamoDB returned no iterator for ${request.ShardId}`);
  };
  return {
    listShards: (signal) => listShards(client, streamArn, signal),
    openShard: (shardId, position, signal) =>
      open({ ShardId: shardId, ...startAfter(position) }, signal),
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

const startAfter = (position: Position) =>
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
  let lastShardId: string | undefined;
  do {
    const { StreamDescription } = await client.send(
      new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: lastShardId }),
      abortedBy(signal),
    );
    for (const { ShardId, ParentShardId } of StreamDescription?.Shards ?? []) {
      if (ShardId) shards.push({ shardId: ShardId, parentShardId: ParentShardId });
    }
    lastShardId = StreamDescription?.LastEvaluatedShardId;
  } while (lastShardId);
  return shards;
};
