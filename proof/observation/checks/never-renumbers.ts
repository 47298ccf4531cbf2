import { countOf } from '../../../src/cli/console/count-of.ts';
import { followShard, highestOf, type NumberedRecord } from '../recording/follow-shard.ts';
import { formatDuration, formatTime } from '../recording/format-time.ts';
import { byShard, type Invocation } from '../recording/recording.ts';
import { type Check, type Counterexample, concludeFrom } from './check.ts';

// A missing line cannot explain such a record: one written after a higher number had been delivered is
// not a late delivery.
const CLOCKS_MS = 5_000;

/** A shard that restarts under its old name would look like a replay. */
export const neverRenumbers: Check = {
  name: 'never-renumbers',
  assumption: 'A shard id is never reused for other records',
  otherwise: 'New records with old numbers are treated as duplicates and lost',
  evaluate: (recording) => {
    const shards = byShard(recording);
    const counterexamples = [...shards].flatMap(([shardId, invocations]) =>
      findRenumbered(shardId, invocations),
    );
    const fresh = [...shards.values()].flatMap((invocations) =>
      [...followShard(invocations)].map((moment) => moment.fresh.length),
    );
    const records = fresh.reduce((sum, count) => sum + count, 0);
    return concludeFrom(counterexamples, {
      seen: `${countOf(shards.size, 'shard')}, ${countOf(records, 'record')}, ${counterexamples.length} with an old number`,
      isSeen: records > 1,
    });
  },
};

interface Reached {
  readonly number: bigint;
  readonly atMs: number;
}

const findRenumbered = (shardId: string, invocations: readonly Invocation[]): Counterexample[] => {
  const reached: Reached[] = [];
  const counterexamples: Counterexample[] = [];
  for (const { invocation, records, fresh, highest } of followShard(invocations)) {
    for (const record of fresh) {
      const passed = passedBefore(record, reached);
      if (passed) counterexamples.push(describe(shardId, record, passed));
    }
    const number = highestOf(records);
    if (number !== undefined && (highest === undefined || number > highest))
      reached.push({ number, atMs: invocation.beganMs });
  }
  return counterexamples;
};

const passedBefore = (
  { number, writtenMs }: NumberedRecord,
  reached: readonly Reached[],
): Reached | undefined => {
  const last = reached.at(-1);
  if (last === undefined || number > last.number || writtenMs === undefined) return undefined;
  const passed = reached.find((earlier) => earlier.number > number);
  return passed && writtenMs > passed.atMs + CLOCKS_MS ? passed : undefined;
};

const describe = (
  shardId: string,
  { number, writtenMs = 0 }: NumberedRecord,
  passed: Reached,
): Counterexample => ({
  text:
    `${shardId}: ${number} was written at ${formatTime(writtenMs)}, ` +
    `${formatDuration(writtenMs - passed.atMs)} after ${passed.number} had been delivered`,
  isUnclear: false,
});
