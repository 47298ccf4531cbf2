import type { ObservedLine } from '../observer/observed-line.ts';
import { groupByCall, toInvocation } from './call-lines.ts';
import { findGaps } from './find-gaps.ts';
import { parseLine } from './parse-line.ts';
import type { Gap, Recording } from './recording.ts';

/**
 * Parses the lines of a log in any order, with duplicates, missing lines and other lines among them.
 * Never throws: an unreadable line of the observer becomes a gap.
 */
export const parseRecording = (texts: Iterable<string>): Recording => {
  const { lines, unreadable } = parseLines(texts);
  const calls = groupByCall(lines);
  const invocations = calls
    .flatMap((call) => toInvocation(call) ?? [])
    .sort((a, b) => a.beganMs - b.beganMs);
  return {
    invocations,
    parents: readParents(lines),
    gaps: [...findGaps(calls, invocations), ...(unreadable > 0 ? [ANYWHERE] : [])],
    unreadable,
    lastMs: lines.reduce((last, { at }) => Math.max(last, at), Number.NEGATIVE_INFINITY),
  };
};

const ANYWHERE: Gap = {
  fromMs: Number.NEGATIVE_INFINITY,
  toMs: Number.POSITIVE_INFINITY,
  shardId: undefined,
};

const parseLines = (texts: Iterable<string>) => {
  const lines: ObservedLine[] = [];
  let unreadable = 0;
  for (const text of texts) {
    try {
      const line = parseLine(text);
      if (line) lines.push(line);
    } catch {
      unreadable += 1;
    }
  }
  return { lines, unreadable };
};

const readParents = (lines: readonly ObservedLine[]): Map<string, string | undefined> =>
  new Map(
    lines
      .filter((line) => line.kind === 'shards')
      .flatMap(({ shards }) => shards)
      .map(([shardId, parent]) => [shardId, parent ?? undefined]),
  );
