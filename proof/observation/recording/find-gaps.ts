import { EVENT_SOURCE } from '../../../src/tables/event-source-settings.ts';
import { type CallLines, isWhole } from './call-lines.ts';
import { byShard, type Gap, type Invocation } from './recording.ts';

// Lambda ends every invocation after 15 minutes, which is also the length of a window.
const LONGEST_MS = EVENT_SOURCE.proof.tumblingWindowSeconds * 1_000;

/** The periods with missing lines: CloudWatch may deliver them later, or never. */
export const findGaps = (
  calls: readonly CallLines[],
  invocations: readonly Invocation[],
): Gap[] => [
  ...findMissingCalls(calls),
  ...findTornCalls(calls),
  ...findUnknown(invocations),
  ...findOpenWindows(invocations),
];

// A container numbers its calls. A missing call may be of any shard.
const findMissingCalls = (calls: readonly CallLines[]): Gap[] => {
  const last = new Map<string, CallLines>();
  return calls
    .toSorted((a, b) => a.call - b.call)
    .flatMap((lines) => {
      const { call, at } = last.get(lines.container) ?? { call: 0, at: Number.NEGATIVE_INFINITY };
      last.set(lines.container, lines);
      const isNext = lines.call === call + 1;
      return isNext ? [] : [{ fromMs: at, toMs: lines.at, shardId: undefined }];
    });
};

// Its records or its end are missing.
const findTornCalls = (calls: readonly CallLines[]): Gap[] =>
  calls.flatMap((lines) => {
    const { at, ended } = lines;
    const [began] = lines.began.values();
    const shardId = began?.shardId ?? ended?.shardId ?? undefined;
    if (!isWhole(lines)) return [{ fromMs: at - LONGEST_MS, toMs: at + LONGEST_MS, shardId }];
    if (ended || began?.plan) return [];
    return [{ fromMs: at, toMs: at + LONGEST_MS, shardId }];
  });

// The state that Lambda passes on names a successful call that is not in the log.
const findUnknown = (invocations: readonly Invocation[]): Gap[] => {
  const known = new Set(invocations.map(({ id }) => id));
  return invocations
    .filter(({ previous }) => previous !== undefined && !known.has(previous))
    .map(({ shardId, beganMs }) => ({ shardId, fromMs: beganMs - 2 * LONGEST_MS, toMs: beganMs }));
};

// The state starts empty in each window, so the end of the previous window must be there. The local event
// source ends no windows.
const findOpenWindows = (invocations: readonly Invocation[]): Gap[] =>
  [...byShard({ invocations })].flatMap(([shardId, all]) => {
    const taken = all.filter(({ outcome }) => outcome === 'taken');
    return taken.flatMap(({ windowStart, isFinal, beganMs }, index) => {
      const next = taken[index + 1];
      if (next === undefined || isFinal || next.windowStart === windowStart) return [];
      return [{ shardId, fromMs: beganMs, toMs: next.beganMs }];
    });
  });
