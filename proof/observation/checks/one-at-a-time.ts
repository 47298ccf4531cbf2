import { formatDuration, formatTime } from '../recording/format-time.ts';
import { byShard, type Invocation } from '../recording/recording.ts';
import { type Check, type Counterexample, concludeFrom } from './check.ts';

// The clocks of two containers differ.
const CLOCKS_MS = 100;

/** Concurrent invocations are harmless because of the write's condition; they cost a refused write. */
export const oneAtATime: Check = {
  name: 'one-at-a-time',
  assumption: 'A shard has one invocation at a time',
  otherwise: 'One of the two writes is refused and retried; nothing is lost',
  evaluate: (recording) => {
    let pairs = 0;
    const counterexamples: Counterexample[] = [];
    for (const [shardId, invocations] of byShard(recording)) {
      pairs += invocations.length - 1;
      counterexamples.push(...findOverlaps(shardId, invocations));
    }
    const seen = `${pairs} followed another one, ${counterexamples.length} started before its end`;
    return concludeFrom(counterexamples, { seen, isSeen: pairs > 0 });
  },
};

const findOverlaps = (shardId: string, invocations: readonly Invocation[]): Counterexample[] => {
  let last: Invocation | undefined;
  return invocations.flatMap((invocation) => {
    const before = last;
    if ((invocation.endedMs ?? 0) >= (last?.endedMs ?? 0)) last = invocation;
    const overlapMs = (before?.endedMs ?? 0) - invocation.beganMs;
    if (before === undefined || overlapMs <= CLOCKS_MS) return [];
    const text =
      `${shardId}: ${invocation.id} began at ${formatTime(invocation.beganMs)}, ` +
      `${formatDuration(overlapMs)} before the end of ${before.id}`;
    return [{ text, isUnclear: false }];
  });
};
