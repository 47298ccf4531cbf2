import { countOf } from '../console/count-of.ts';
import type { OldTimes } from './old-row.ts';

/** Rows with a time that is later than now. */
export interface RowsAhead {
  readonly rows: number;
  /** The latest of their times, ISO 8601 UTC. */
  readonly latest: string;
  /** By how much that is ahead of DynamoDB's clock, in whole seconds. */
  readonly seconds: number;
}

/**
 * How far ahead of DynamoDB's clock a time may be, in milliseconds: more than the clocks of two
 * servers differ, and far less than the quarter of an hour by which the nearest time zones do.
 */
export const MAX_AHEAD_MS = 120_000;

/** The row with these times, when one of them is further ahead of `nowMs` than clocks differ. */
export const findAhead = ({ firstMs, lastMs }: OldTimes, nowMs: number): RowsAhead | undefined => {
  const latestMs = Math.max(firstMs ?? 0, lastMs ?? 0);
  if (latestMs <= nowMs + MAX_AHEAD_MS) return undefined;
  const seconds = Math.round((latestMs - nowMs) / 1_000);
  return { rows: 1, latest: new Date(latestMs).toISOString(), seconds };
};

/** Both together. */
export const joinAhead = (
  one: RowsAhead | undefined,
  other: RowsAhead | undefined,
): RowsAhead | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  const later = Date.parse(one.latest) < Date.parse(other.latest) ? other : one;
  return { ...later, rows: one.rows + other.rows };
};

/** Why rows that are ahead stop an import of `read` rows, and what to do. */
export const explainFutureRows = (
  { rows, latest, seconds }: RowsAhead,
  { read, timeZone }: { readonly read: number; readonly timeZone: string },
): string =>
  `${rows} of ${countOf(read, 'row')} lie in the future: the latest time, ${latest}, is ` +
  `${describeSpan(seconds)} ahead of DynamoDB's clock. Times that name no zone were read as ` +
  `${timeZone}. If they are of another one, say so, such as --time-zone Europe/Berlin: otherwise ` +
  'all rows would be hours off for ever, and to drop those in the future would lose the newest ' +
  'hours and leave all others off. If the zone is right, correct these rows where they are';

const describeSpan = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min ${seconds % 60} s`;
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
};
