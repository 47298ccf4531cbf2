import { countOf } from '../../../src/cli/console/count-of.ts';
import { followShard, numbered } from '../recording/follow-shard.ts';
import { formatDuration, formatSpread, formatTime } from '../recording/format-time.ts';
import { byShard, type Invocation, mayHide, type Recording } from '../recording/recording.ts';
import { type Check, type Counterexample, concludeFrom } from './check.ts';

// AWS does not document how long Lambda waits at most before a retry.
const MAX_RETRY_PAUSE_MS = 900_000;

/** The counter throws whenever it cannot count, and relies on a retry. */
export const comesAgain: Check = {
  name: 'comes-again',
  assumption: 'A failed batch is retried until it succeeds',
  otherwise: 'A batch that fails once is lost',
  evaluate: (recording) => {
    const counterexamples: Counterexample[] = [];
    const pausesMs: number[] = [];
    let recut = 0;
    for (const [shardId, invocations] of byShard(recording)) {
      counterexamples.push(...findAbandoned(shardId, invocations, recording));
      const retries = findRetries(invocations);
      pausesMs.push(...retries.map(({ pauseMs }) => pauseMs));
      recut += retries.filter(({ isRecut }) => isRecut).length;
    }
    const pauses = pausesMs.length > 0 ? ` after ${formatSpread(pausesMs)}` : '';
    const came = pausesMs.length === 1 ? 'retry' : 'retries';
    const seen = `${pausesMs.length} ${came}${pauses}; ${recut} split differently`;
    return concludeFrom(counterexamples, { seen, isSeen: pausesMs.length > 0 });
  },
};

const findAbandoned = (
  shardId: string,
  invocations: readonly Invocation[],
  recording: Recording,
): Counterexample[] => {
  // After all of them, to see what remains.
  const end = { ...EMPTY, beganMs: recording.lastMs };
  const pending = [...followShard([...invocations, end])].at(-1)?.pending;
  const abandoned = [...(pending?.values() ?? [])].filter(
    ({ failedMs }) => recording.lastMs - failedMs > MAX_RETRY_PAUSE_MS,
  );
  const [first] = abandoned;
  if (first === undefined) return [];
  const { failedMs, record } = first;
  const fromMs = record.writtenMs ?? Number.NEGATIVE_INFINITY;
  const text =
    `${shardId}: ${countOf(abandoned.length, 'record')}, the first ${record.number}, failed at ` +
    `${formatTime(failedMs)} and was not retried within ${formatDuration(recording.lastMs - failedMs)}`;
  return [{ text, isUnclear: mayHide(recording, shardId, { fromMs, toMs: recording.lastMs }) }];
};

const EMPTY: Invocation = {
  ...{ id: '', shardId: undefined, beganMs: 0, endedMs: undefined, outcome: 'unknown' },
  ...{ records: [], windowStart: undefined, isFinal: false, previous: undefined },
};

interface Retry {
  readonly pauseMs: number;
  /** Whether it had other records than the failed batch. */
  readonly isRecut: boolean;
}

const findRetries = (invocations: readonly Invocation[]): Retry[] =>
  invocations.flatMap((failure, index) => {
    const [first] = numbered(failure);
    if (failure.outcome !== 'failed' || first === undefined) return [];
    const retry = invocations
      .slice(index + 1, index + 1 + LOOK_AHEAD)
      .find((later) => later.records.some(({ number }) => number === first.number));
    if (retry === undefined || failure.endedMs === undefined) return [];
    const isRecut = numbersIn(failure) !== numbersIn(retry);
    return [{ pauseMs: retry.beganMs - failure.endedMs, isRecut }];
  });

// A retry is the next invocation of its shard, except for ends of windows and violations.
const LOOK_AHEAD = 20;

const numbersIn = ({ records }: Invocation): string =>
  records.map(({ number }) => number).join(' ');
