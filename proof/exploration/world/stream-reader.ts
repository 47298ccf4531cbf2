import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createIsCounted } from '../../../src/audit/stream-progress.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import { parseCounterItem } from '../../../src/tables/counter-item.ts';
import type { StreamReader } from '../../../src/tables/stream-reader.ts';
import type { Item } from '../dynamodb/attribute-value.ts';
import { toStreamRecord } from './records.ts';
import { shardName } from './shard-name.ts';
import type { Stream } from './streams.ts';

/**
 * Whether the commands find everything written until `untilMs` counted, given the current counter and
 * stream. Reading both atomically hides nothing: checkpoints only rise and records are only added, so
 * reading the stream later could only make them wait and poll again.
 */
export const findCounted = (
  item: Item | undefined,
  stream: Stream,
  untilMs: number,
): Promise<boolean> =>
  createIsCounted({
    reader: createReader(stream),
    readCounters: async () => new Map([[SITE, parseCounterItem(item && unmarshall(item))]]),
    sleep: async () => undefined,
  })(untilMs);

type Reader = Pick<StreamReader, 'listShards' | 'openShard' | 'readRecords'>;

/** An iterator is a shard and its next index; pages hold one record, and all shards are open. */
const createReader = (stream: Stream): Reader => ({
  listShards: async () =>
    stream.map((_, shard) => ({ shardId: shardName(shard), parentShardId: undefined })),
  openShard: async (shardId, position) => {
    const records = stream[shardOf(shardId)] ?? [];
    const isNext = ({ sequence }: { sequence: bigint }): boolean =>
      position === 'start' || position === 'finished' || sequence > BigInt(position);
    const next = records.findIndex(isNext);
    return `${shardId} ${next < 0 ? records.length : next}`;
  },
  readRecords: async (iterator) => {
    const [shardId = '', place = '0'] = iterator.split(' ');
    const record = stream[shardOf(shardId)]?.[Number(place)];
    const nextIterator = `${shardId} ${Number(place) + (record ? 1 : 0)}`;
    return { records: record ? [toApiRecord(record)] : [], nextIterator };
  },
});

const shardOf = (shardId: string): number => 'abcdef'.indexOf(shardId.at(-1) ?? '');

type ApiRecord = Awaited<ReturnType<Reader['readRecords']>>['records'][number];

// The API returns a date where Lambda's event has epoch seconds.
const toApiRecord = (record: Stream[number][number]): ApiRecord => {
  const { eventName, dynamodb } = toStreamRecord(record);
  const written = new Date((dynamodb?.ApproximateCreationDateTime ?? 0) * 1000);
  const change = { SequenceNumber: dynamodb?.SequenceNumber };
  return {
    ...{ eventName: eventName as ApiRecord['eventName'] },
    dynamodb: { ...change, ApproximateCreationDateTime: written },
  };
};
