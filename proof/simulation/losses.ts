import { parseInstant, utcDay } from '../../src/domain/utc-day.ts';
import { EFFECTS } from '../specification/records.ts';
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
  const isLost = (record: ModelRecord): boolean => !world.counters.hasCounted(shard, record);
  const records = shard.records.slice(shard.delivered).filter(isLost).slice(0, count);
  for (const record of records) loseRecord(world, record);
  shard.lost += records.length;
  const last = records.at(-1);
  if (last) shard.delivered = shard.records.indexOf(last) + 1;
};

const loseRecord = ({ model, counters, countEvent }: World, lost: ModelRecord): void => {
  const { dynamodb } = lost.record;
  lost.isLost = true;
  if (lost.kind === 'other') return;
  const firstMs = parseInstant((dynamodb?.NewImage ?? dynamodb?.OldImage)?.first_accessed?.S);
  const { errors } = counters.of(lost.counter);
  const sums = model.trueCountsOf(lost.counter).lost;
  for (const name of ['started', 'removed'] as const) {
    const effect = EFFECTS[lost.kind][name];
    if (effect === 0) continue;
    addError(errors[name], firstMs === undefined ? undefined : utcDay(firstMs), -effect);
    sums[name] += effect;
  }
  sums.records += 1;
  countEvent(`${lost.kind} lost`);
};

/**
 * A batch fails in a container for one counter, and the container then receives it without its first records. It
 * must not count the rest before them.
 */
export const leapOver = async (
  world: World,
  shard: ModelShard,
  { size, skip, container }: Extract<Step, { op: 'leap' }>,
): Promise<void> => {
  const records = shard.records
    .slice(shard.delivered, shard.delivered + size)
    .filter(({ record }) => record.dynamodb?.SequenceNumber !== undefined);
  const [first] = records;
  if (first === undefined || world.counters.hasCounted(shard, first)) return;
  // The first commit of an invocation is that of the counter of its first record; only this one fails.
  const { reached } = world.counters.of(first.counter);
  await invoke(world, { shard, records, container, fault: 'throttle', attempt: 0 });
  const rest = records.slice(skip);
  if (rest.length === 0) return;
  const before = reached(shard);
  await invoke(world, { shard, records: rest, container, ...NO_FAULT });
  world.countEvent('batch skips records that failed');
  if (reached(shard) === before) return;
  throw new Violation(
    'A batch that skips failed records must be refused',
    `up to ${before}`,
    reached(shard),
  );
};
