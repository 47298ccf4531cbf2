import { EVENT_SOURCE } from '../../../src/tables/event-source-settings.ts';
import { type CallLines, isWhole } from './call-lines.ts';
import { byShard, type Hole, type Invocation } from './recording.ts';

// Lambda ends every invocation after 15 minutes, and a window is as long.
const LONGEST_MS = EVENT_SOURCE.proof.tumblingWindowSeconds * 1_000;

/** When lines are missing: CloudWatch may bring them later, or not at all. */
export const findHoles = (
  calls: readonly CallLines[],
  invocations: readonly Invocation[],
): Hole[] => [
  ...findMissingCalls(calls),
  ...findTornCalls(calls),
  ...findUnknown(invocations),
  ...findOpenWindows(invocations),
];

// A container counts its calls. What is missing may be of any shard.
const findMissingCalls = (calls: readonly CallLines[]): Hole[] => {
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

// What it got, or how it ended, is not told.
const findTornCalls = (calls: readonly CallLines[]): Hole[] =>
  calls.flatMap((lines) => {
    const { at, ended } = lines;
    const [began] = lines.began.values();
    const shardId = began?.shardId ?? ended?.shardId ?? undefined;
    if (!isWhole(lines)) return [{ fromMs: at - LONGEST_MS, toMs: at + LONGEST_MS, shardId }];
    if (ended || began?.plan) return [];
    return [{ fromMs: at, toMs: at + LONGEST_MS, shardId }];
  });

// The state that Lambda hands on names a success that no line tells of.
const findUnknown = (invocations: readonly Invocation[]): Hole[] => {
  const known = new Set(invocations.map(({ id }) => id));
  return invocations
    .filter(({ previous }) => previous !== undefined && !known.has(previous))
    .map(({ shardId, beganMs }) => ({ shardId, fromMs: beganMs - 2 * LONGEST_MS, toMs: beganMs }));
};

// With a new window the state begins anew, so the end of the old one must be there. The local event
// source ends no windows.
const findOpenWindows = (invocations: readonly Invocation[]): Hole[] =>
  [...byShard({ invocations })].flatMap(([shardId, all]) => {
    const taken = all.filter(({ outcome }) => outcome === 'taken');
    return taken.flatMap(({ windowStart, isFinal, beganMs }, index) => {
      const next = taken[index + 1];
      if (next === undefined || isFinal || next.windowStart === windowStart) return [];
      return [{ shardId, fromMs: beganMs, toMs: next.beganMs }];
    });
  });
