import { countOf } from '../console/count-of.ts';
import type { OldTimes } from './old-row.ts';

/** Rows with a time in the future. */
export interface RowsAhead {
  readonly rows: number;
  /** The latest of their times, ISO 8601 UTC. */
  readonly latest: string;
  /** How far that is ahead of DynamoDB's clock, in whole seconds. */
  readonly seconds: number;
}

/**
 * How far ahead of DynamoDB's clock a time may be, in milliseconds: more than the clock skew
 * between two servers, and far less than 15 minutes, the smallest difference between two time
 * zones.
 */
export const MAX_AHEAD_MS = 120_000;

/** Reports a row if one of its times is more than `MAX_AHEAD_MS` after `nowMs`. */
export const findAhead = ({ firstMs, lastMs }: OldTimes, nowMs: number): RowsAhead | undefined => {
  const latestMs = Math.max(firstMs ?? 0, lastMs ?? 0);
  if (latestMs <= nowMs + MAX_AHEAD_MS) return undefined;
  const seconds = Math.round((latestMs - nowMs) / 1_000);
  return { rows: 1, latest: new Date(latestMs).toISOString(), seconds };
};

/** Combines two reports. */
export const joinAhead = (
  one: RowsAhead | undefined,
  other: RowsAhead | undefined,
): RowsAhead | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  const later = Date.parse(one.latest) < Date.parse(other.latest) ? other : one;
  return { ...later, rows: one.rows + other.rows };
};

/** Explains why rows in the future stop an import of `read` rows, and what to do. */
export const explainFutureRows = (
  { rows, latest, seconds }: RowsAhead,
  { read, timeZone }: { readonly read: number; readonly timeZone: string },
): string =>
  `${rows} of ${countOf(read, 'row')} are in the future: the latest time, ${latest}, is ` +
  `${describeSpan(seconds)} ahead of DynamoDB's clock. Times without a time zone were read as ` +
  `${timeZone}. If they are in another zone, specify it, for example --time-zone Europe/Berlin. ` +
  'Otherwise all rows would be permanently wrong by hours; dropping only those in the future would ' +
  'lose the newest and leave the rest wrong. If the time zone is right, correct these rows in the source';

const describeSpan = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min ${seconds % 60} s`;
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
};
