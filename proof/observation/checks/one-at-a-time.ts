import { formatDuration, formatTime } from '../format.ts';
import { byShard, type Invocation } from '../recording/recording.ts';
import { type Check, concludeFrom, type Suspicion } from './check.ts';

// The clocks of two containers are not the same.
const CLOCKS_MS = 100;

/** The condition of the write makes two at once harmless; they cost a refused write. */
export const oneAtATime: Check = {
  name: 'one-at-a-time',
  assumption: 'A shard has one invocation at a time',
  otherwise: 'One of the two writes is refused and planned anew; nothing is lost by it',
  judge: (recording) => {
    let pairs = 0;
    const suspicions: Suspicion[] = [];
    for (const [shardId, invocations] of byShard(recording)) {
      pairs += invocations.length - 1;
      suspicions.push(...findOverlaps(shardId, invocations));
    }
    const seen = `${pairs} that followed another, ${suspicions.length} before its end`;
    return concludeFrom(suspicions, { seen, isSeen: pairs > 0 });
  },
};

const findOverlaps = (shardId: string, invocations: readonly Invocation[]): Suspicion[] => {
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
