import { CHECKPOINT_LIFETIME_SECONDS } from '../../../src/domain/counter-change.ts';
import { type NumberedRecord, numbered } from '../recording/follow-shard.ts';
import { formatDuration } from '../recording/format-time.ts';
import { byShard, type Invocation } from '../recording/recording.ts';
import { type Check, concludeFrom } from './check.ts';

// A stream holds a record for a day; the rest of a checkpoint's lifetime is the margin.
const SPARE_MS = (CHECKPOINT_LIFETIME_SECONDS - 86_400) * 1_000;

/** DynamoDB's times decide when a checkpoint is dropped and which records are late then. */
export const timesInOrder: Check = {
  name: 'times-in-order',
  assumption: `In a shard, DynamoDB's times go back by less than ${formatDuration(SPARE_MS)}`,
  otherwise: 'A checkpoint may be dropped while its shard still has undelivered records',
  evaluate: (recording) => {
    const shards = [...byShard(recording)].map(([shardId, all]) => ({ shardId, ...measure(all) }));
    const steps = shards.flatMap(({ steps: found }) => found);
    const counterexamples = shards.flatMap(({ shardId, steps: found }) =>
      found
        .filter(({ backMs }) => backMs >= SPARE_MS)
        .map(({ number, backMs }) => ({
          text: `${shardId}: ${number} was written ${formatDuration(backMs)} before an earlier one`,
          isUnclear: false,
        })),
    );
    const times = shards.flatMap(({ times: found }) => found);
    const untimed = shards.reduce((sum, shard) => sum + shard.untimed, 0);
    const most = steps.reduce((max, { backMs }) => Math.max(max, backMs), 0);
    const seen =
      `${times.length} times in whole ${granularityOf(times)}; ${steps.length} go back, ` +
      `by ${formatDuration(most)} at most; ${untimed} records without a time`;
    return concludeFrom(counterexamples, { seen, isSeen: times.length > 1 });
  },
};

interface BackwardStep {
  readonly number: bigint;
  readonly backMs: number;
}

const measure = (invocations: readonly Invocation[]) => {
  const unique = new Map(invocations.flatMap(numbered).map((record) => [record.number, record]));
  const records = [...unique.values()].sort(byNumber);
  const times = records.flatMap(({ writtenMs }) => writtenMs ?? []);
  let latest = Number.NEGATIVE_INFINITY;
  const steps: BackwardStep[] = [];
  for (const { number, writtenMs = latest } of records) {
    if (writtenMs < latest) steps.push({ number, backMs: latest - writtenMs });
    latest = Math.max(latest, writtenMs);
  }
  return { times, steps, untimed: records.length - times.length };
};

const byNumber = (a: NumberedRecord, b: NumberedRecord): number => (a.number < b.number ? -1 : 1);

const granularityOf = (times: readonly number[]): string => {
  if (times.every((ms) => ms % 60_000 === 0)) return 'minutes';
  return times.every((ms) => ms % 1_000 === 0) ? 'seconds' : 'milliseconds';
};
