import { countOf } from '../../../src/cli/console/count-of.ts';
import {
  followShard,
  highestOf,
  type NumberedRecord,
  type ShardMoment,
} from '../recording/follow-shard.ts';
import { formatTime } from '../recording/format-time.ts';
import { byShard, type Invocation, mayHide, type Recording } from '../recording/recording.ts';
import { type Check, type Counterexample, concludeFrom } from './check.ts';

/** A checkpoint that passes a failed record loses it. */
export const neverLeaps: Check = {
  name: 'never-leaps',
  assumption: 'Nothing after a failed batch is delivered before it has succeeded',
  otherwise:
    'Skipped records are lost, unless the container that saw them fail receives both batches',
  evaluate: (recording) => {
    const counterexamples: Counterexample[] = [];
    let waited = 0;
    let failed = 0;
    for (const [shardId, invocations] of byShard(recording)) {
      failed += invocations.filter(({ outcome }) => outcome === 'failed').length;
      waited += countWaiting(invocations);
      counterexamples.push(...findLeaps(shardId, invocations, recording));
    }
    const seen = `${countOf(failed, 'failed invocation')}, ${countOf(waited, 'record')} waited for one`;
    return concludeFrom(counterexamples, { seen, isSeen: waited > 0 });
  },
};

const findLeaps = (
  shardId: string,
  invocations: readonly Invocation[],
  recording: Recording,
): Counterexample[] => {
  const reported = new Set<bigint>();
  const counterexamples: Counterexample[] = [];
  for (const moment of followShard(invocations)) {
    // Each is reported once, with the first batch that skips it.
    const leapt = findLeapt(moment).filter(({ number }) => !reported.has(number));
    for (const { number } of leapt) reported.add(number);
    counterexamples.push(...describe(shardId, leapt, moment, recording));
  }
  return counterexamples;
};

const findLeapt = ({ pending, records }: ShardMoment): NumberedRecord[] => {
  const highest = highestOf(records);
  if (highest === undefined || pending.size === 0) return [];
  const own = new Set(records.map(({ number }) => number));
  return [...pending.values()]
    .map(({ record }) => record)
    .filter(({ number }) => number < highest && !own.has(number));
};

const describe = (
  shardId: string,
  leapt: readonly NumberedRecord[],
  { records, invocation }: ShardMoment,
  recording: Recording,
): Counterexample[] => {
  const [first] = leapt;
  if (first === undefined) return [];
  const fromMs = first.writtenMs ?? Number.NEGATIVE_INFINITY;
  const text =
    `${shardId}: ${highestOf(records)} was delivered at ${formatTime(invocation.beganMs)}, skipping ` +
    `${countOf(leapt.length, 'record')} that failed, the first ${first.number}`;
  return [{ text, isUnclear: mayHide(recording, shardId, { fromMs, toMs: invocation.beganMs }) }];
};

const ROUNDED_MS = 1_000;

/**
 * How many records were written before an earlier failed batch succeeded, and so could have been
 * delivered too early.
 */
const countWaiting = (invocations: readonly Invocation[]): number => {
  let waited = 0;
  let succeededMs = Number.NEGATIVE_INFINITY;
  for (const { invocation, records, fresh, pending } of followShard(invocations)) {
    const isAgain = records.some(({ number }) => pending.has(number));
    if (isAgain && invocation.outcome === 'taken') succeededMs = invocation.beganMs;
    waited += fresh.filter(
      ({ writtenMs = succeededMs }) => writtenMs < succeededMs - ROUNDED_MS,
    ).length;
  }
  return waited;
};
