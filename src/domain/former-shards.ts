import { DAY_MS } from './utc-day.ts';

/** How many partitions of the index of active sessions were in use, and until when all of them are read. */
export interface FormerShards {
  readonly activeShards: number;
  /** ISO 8601 UTC with milliseconds. */
  readonly until: string;
}

/** The partitions of the index: those in use, and those in use before the number was changed. */
export interface IndexShards {
  readonly activeShards: number;
  readonly formerShards: FormerShards | undefined;
}

/** No session is active for longer after its last visit, whatever the settings; milliseconds. */
export const LONGEST_WINDOW_MS = DAY_MS;

// The functions that write get the new number some minutes later, when the deployment reaches them, and a
// container that is busy then keeps the old number until its call ends, within 15 seconds. Clocks differ by five
// minutes at most. An hour is far more than all of that; with a shorter window than the longest, there is more.
const MARGIN_MS = 3_600_000;

/**
 * The partitions to read beside the new ones, after a change of their number that begins at `nowMs` (epoch
 * milliseconds): until no session can be active any more that was last seen in one of them.
 */
export const formerShardsAt = (activeShards: number, nowMs: number): FormerShards => ({
  activeShards,
  until: new Date(nowMs + LONGEST_WINDOW_MS + MARGIN_MS).toISOString(),
});

/**
 * How many partitions of the index may hold active sessions at `nowMs`, epoch milliseconds. A session has one
 * row, which its visits move to the partition of the current number, so it is in no two of them.
 */
export const countShardsToRead = (
  { activeShards, formerShards }: IndexShards,
  nowMs: number,
): number =>
  formerShards && nowMs < Date.parse(formerShards.until)
    ? Math.max(activeShards, formerShards.activeShards)
    : activeShards;

/** What the setting says when there are none. */
export const NO_FORMER_SHARDS = 'none';

/** As a setting: `4 until 2026-11-28T13:00:00.000Z`. */
export const formatFormerShards = ({ activeShards, until }: FormerShards): string =>
  `${activeShards} until ${until}`;

/** Parses what `formatFormerShards` returns; undefined for anything else. */
export const parseFormerShards = (text: string): FormerShards | undefined => {
  const [, number, until = ''] = /^(\d+) until (\S+)$/.exec(text) ?? [];
  const time = new Date(until);
  // Only a time in this form is formatted as it was given.
  const isTime = !Number.isNaN(time.getTime()) && time.toISOString() === until;
  return isTime ? { activeShards: Number(number), until } : undefined;
};
