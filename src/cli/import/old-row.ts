import { DateTime } from 'luxon';
import { SESSION } from '../../tables/schema.ts';

/** A row of the older counter that can be imported; times in epoch milliseconds. */
export interface OldRow {
  readonly sessionHash: string;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** The times of a row, epoch milliseconds; undefined where none can be read. */
export interface OldTimes {
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

/** What a row may be taken from: the three attributes, as they are found. */
export type RawRow = Readonly<Record<string, unknown>>;

/** The attributes of a row that an import reads. */
export const OLD_ATTRIBUTES = [SESSION.hash, SESSION.firstAccessed, SESSION.lastAccessed] as const;

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
const MAX_KEY_BYTES = 2_048;

/** The times in `raw`; those that name no zone are of the IANA time zone `timeZone`. */
export const readOldTimes = (raw: RawRow, timeZone: string): OldTimes => ({
  firstMs: parseOldTime(raw[SESSION.firstAccessed], timeZone),
  lastMs: parseOldTime(raw[SESSION.lastAccessed], timeZone),
});

/**
 * The row in `raw`, whose times are read, or why it is none. Of a row that is one, DynamoDB takes all
 * three attributes.
 */
export const parseOldRow = (raw: RawRow, { firstMs, lastMs }: OldTimes): OldRow | string => {
  const sessionHash = raw[SESSION.hash];
  if (typeof sessionHash !== 'string' || sessionHash.trim() === '') return `no ${SESSION.hash}`;
  if (!sessionHash.isWellFormed()) return `${SESSION.hash} is no valid Unicode`;
  if (Buffer.byteLength(sessionHash) > MAX_KEY_BYTES) return `${SESSION.hash} is over 2,048 bytes`;
  if (firstMs === undefined) return `no readable ${SESSION.firstAccessed}`;
  if (lastMs === undefined) return `no readable ${SESSION.lastAccessed}`;
  if (firstMs < 0) return `${SESSION.firstAccessed} is before 1970`;
  if (lastMs < firstMs) return `${SESSION.lastAccessed} is before ${SESSION.firstAccessed}`;
  return { sessionHash, firstMs, lastMs };
};

// No clock is more than 14 hours from UTC.
const OFFSET = '(?<offset>Z|[+-](?:(?:0\\d|1[0-3]):?[0-5]\\d|14:?00))?';
const LOCAL_TIME = new RegExp(
  `^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?${OFFSET}$`,
);

/**
 * The epoch millisecond of an ISO 8601 time, which is of `timeZone` unless it names an offset;
 * undefined when it is none. Of an hour that clocks pass twice it is the first; one that they leap
 * over is an hour later.
 */
export const parseOldTime = (text: unknown, timeZone: string): number | undefined => {
  const found = typeof text === 'string' ? LOCAL_TIME.exec(text) : null;
  if (found === null) return undefined;
  const time = DateTime.fromISO(found[0].replace(' ', 'T'), { zone: timeZone });
  if (!time.isValid) return undefined;
  if (found.groups?.offset !== undefined) return time.toMillis();
  return Math.min(...time.getPossibleOffsets().map((possible) => possible.toMillis()));
};

/**
 * The three attributes of a row of plain JSON, of DynamoDB JSON, or of an export, whose rows are in
 * an `Item`; undefined where there is no row. What else it holds is not looked at.
 */
export const pickRawRow = (value: unknown): RawRow | undefined => {
  const row = isObject(value) && isObject(value.Item) ? value.Item : value;
  if (!isObject(row)) return undefined;
  return Object.fromEntries(OLD_ATTRIBUTES.map((name) => [name, pickValue(row[name])]));
};

// Of an attribute that is no string, only that it is there.
const pickValue = (value: unknown): unknown => {
  const plain = isObject(value) && 'S' in value ? value.S : value;
  return typeof plain === 'object' ? undefined : plain;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
