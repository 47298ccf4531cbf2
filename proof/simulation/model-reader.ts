import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { StreamProgressDependencies } from '../../src/audit/stream-progress.ts';
import type { ModelRecord, ModelShard } from './shard-model.ts';
import type { World } from './world.ts';

// Fewer than the reader accepts on an open shard, where the number has no bound. A closed shard may have
// many more.
const EMPTY_PAGES = { open: 3, closed: 12 };
const PAGE_SIZE = 20;

/**
 * Reads the model's stream as DynamoDB's API does: expired records are gone, a page may be empty even
 * though records follow, and only a closed shard has an end.
 */
export const createModelReader = ({ model }: World): StreamProgressDependencies['reader'] => ({
  listShards: async () =>
    model.shards.map(({ id, parent }) => ({ shardId: id, parentShardId: parent?.id })),
  openShard: async (shardId, position) => {
    const { records } = heldRecords(model.shards, shardId);
    if (position === 'start' || position === 'finished') return `${shardId} 0 0`;
    const last = BigInt(position);
    const start = records.findIndex(({ sequence }) => sequence > last);
    return `${shardId} ${start < 0 ? records.length : start} 0`;
  },
  readRecords: async (iterator) => {
    const [shardId = '', start = '0', empty = '0'] = iterator.split(' ');
    const shard = heldRecords(model.shards, shardId);
    if (Number(empty) < emptyPages(shard, Number(start))) {
      return { records: [], nextIterator: `${shardId} ${start} ${Number(empty) + 1}` };
    }
    const end = Math.min(Number(start) + PAGE_SIZE, shard.records.length);
    const page = shard.records.slice(Number(start), end);
    const isEnd = !shard.isOpen && end === shard.records.length;
    return {
      records: page.map(toApiRecord),
      nextIterator: isEnd ? undefined : `${shardId} ${end} ${start === String(end) ? empty : 0}`,
    };
  },
});

const emptyPages = ({ isOpen, records }: HeldRecords, start: number): number =>
  (start * 7 + records.length) % (isOpen ? EMPTY_PAGES.open : EMPTY_PAGES.closed);

const toApiRecord = (model: ModelRecord): _Record => {
  const known = apiRecords.get(model) ?? withDate(model);
  apiRecords.set(model, known);
  return known;
};

const apiRecords = new WeakMap<ModelRecord, _Record>();

// The API returns dates where Lambda's event has epoch seconds.
const withDate = ({ record, writtenMs }: ModelRecord): _Record => {
  const ApproximateCreationDateTime = new Date(Math.floor(writtenMs / 1000) * 1000);
  const dynamodb = { ...record.dynamodb, ApproximateCreationDateTime };
  return { eventName: record.eventName, dynamodb } as _Record;
};

interface HeldRecords {
  readonly isOpen: boolean;
  readonly records: readonly ModelRecord[];
}

/** What a shard still holds; reading skips expired records. */
const heldRecords = (shards: readonly ModelShard[], shardId: string): HeldRecords => {
  const shard = shards.find(({ id }) => id === shardId);
  if (shard === undefined) throw new Error(`No shard ${shardId}`);
  const { isOpen, records, lost } = shard;
  return { isOpen, records: lost === 0 ? records : records.filter(({ isLost }) => !isLost) };
};
