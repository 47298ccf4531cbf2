import { parseInstant, utcDay } from '../../src/domain/utc-day.ts';
import { addError } from './errors.ts';
import { NO_FAULT, type Step } from './history.ts';
import { invoke } from './invocation.ts';
import type { ModelRecord, ModelShard } from './shard-model.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** Expires uncounted records from the stream, as if nobody had read it for a day. */
export const loseRecords = (world: World, shard: ModelShard, count: number): void => {
  // No invocation lives as long as a record.
  world.delayedCommits = [];
  const start = Math.max(shard.delivered, world.store.covered(shard));
  const records = shard.records.slice(start, start + count);
  for (const record of records) loseRecord(world, record);
  shard.lost += records.length;
  shard.delivered = start + records.length;
};

const loseRecord = ({ model, store, countEvent }: World, lost: ModelRecord): void => {
  const { eventName, dynamodb } = lost.record;
  lost.isLost = true;
  if (eventName !== 'INSERT' && eventName !== 'REMOVE') return;
  const image = eventName === 'INSERT' ? dynamodb?.NewImage : dynamodb?.OldImage;
  const firstMs = parseInstant(image?.first_accessed?.S);
  const kind = eventName === 'INSERT' ? 'started' : 'removed';
  addError(store.errors[kind], firstMs === undefined ? undefined : utcDay(firstMs), -1);
  model.lost[eventName === 'INSERT' ? 'inserts' : 'removes'] += 1;
  countEvent(`${eventName} lost`);
};

/**
 * A batch fails in a container, which then receives it without its first records. The container must
 * not count the rest before them.
 */
export const leapOver = async (
  world: World,
  shard: ModelShard,
  { size, skip, container }: Extract<Step, { op: 'leap' }>,
): Promise<void> => {
  const records = shard.records
    .slice(shard.delivered, shard.delivered + size)
    .filter(({ record }) => record.dynamodb?.SequenceNumber !== undefined);
  if (records.length === 0 || world.store.covered(shard) > shard.delivered) return;
  await invoke(world, { shard, records, container, fault: 'throttle', attempt: 0 });
  const rest = records.slice(skip);
  if (rest.length === 0) return;
  const before = world.store.covered(shard);
  await invoke(world, { shard, records: rest, container, ...NO_FAULT });
  world.countEvent('batch skips records that failed');
  if (world.store.covered(shard) === before) return;
  throw new Violation(
    'A batch that skips failed records must be refused',
    `up to ${before}`,
    world.store.covered(shard),
  );
};
