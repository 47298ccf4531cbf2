import { DateTime } from 'luxon';
import { isCounterName } from '../../domain/counter-name.ts';
import { SESSION } from '../../tables/schema.ts';

/** An importable row of the older counter; times in epoch milliseconds. */
export interface OldRow {
  readonly sessionHash: string;
  /** The counter that the row names; undefined if it names none. */
  readonly counter: string | undefined;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** The times of a row, epoch milliseconds; undefined if missing or malformed. */
export interface OldTimes {
  readonly firstMs: number | undefined;
  readonly lastMs: number | undefined;
}

/** The attributes of a row that an import reads, unvalidated. */
export type RawRow = Readonly<Record<string, unknown>>;

/** The attributes that an import reads. */
export const OLD_ATTRIBUTES = [
  SESSION.hash,
  SESSION.firstAccessed,
  SESSION.lastAccessed,
  SESSION.counter,
] as const;

/** What a command reads of the rows of a source. */
export interface RowForm {
  readonly attributes: readonly string[];
  /** Picks these attributes from a row in any format; undefined if the value is not a row. */
  readonly pick: (value: unknown) => RawRow | undefined;
}

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
const MAX_KEY_BYTES = 2_048;

/** Reads the times of a row; those without a zone are in the IANA time zone `timeZone`. */
export const readOldTimes = (raw: RawRow, timeZone: string): OldTimes => ({
  firstMs: parseOldTime(raw[SESSION.firstAccessed], timeZone),
  lastMs: parseOldTime(raw[SESSION.lastAccessed], timeZone),
});

/**
 * Validates a row with its parsed times; returns it, or why it is invalid. DynamoDB accepts all
 * attributes of a valid row.
 */
export const parseOldRow = (raw: RawRow, { firstMs, lastMs }: OldTimes): OldRow | string => {
  const sessionHash = raw[SESSION.hash];
  if (typeof sessionHash !== 'string' || sessionHash.trim() === '') return `no ${SESSION.hash}`;
  if (!sessionHash.isWellFormed()) return `${SESSION.hash} is not valid Unicode`;
  if (Buffer.byteLength(sessionHash) > MAX_KEY_BYTES) return `${SESSION.hash} is over 2,048 bytes`;
  if (firstMs === undefined) return `no readable ${SESSION.firstAccessed}`;
  if (lastMs === undefined) return `no readable ${SESSION.lastAccessed}`;
  if (firstMs < 0) return `${SESSION.firstAccessed} is before 1970`;
  if (lastMs < firstMs) return `${SESSION.lastAccessed} is before ${SESSION.firstAccessed}`;
  return { sessionHash, counter: nameIn(raw), firstMs, lastMs };
};

// As the projector reads the name.
const nameIn = ({ [SESSION.counter]: name }: RawRow): string | undefined =>
  typeof name === 'string' && isCounterName(name) ? name : undefined;

// No time zone is more than 14 hours from UTC.
const OFFSET = '(?<offset>Z|[+-](?:(?:0\\d|1[0-3]):?[0-5]\\d|14:?00))?';
const LOCAL_TIME = new RegExp(
  `^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?${OFFSET}$`,
);

/**
 * Parses an ISO 8601 time to epoch milliseconds; undefined if malformed. Without an offset, the
 * time is in `timeZone`. An ambiguous local time is the earlier one; a skipped one is moved an hour
 * later.
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
 * Picks these attributes from a row in plain JSON, DynamoDB JSON or the format of an export,
 * which wraps it in `Item`; undefined if the value is not a row. Ignores other attributes.
 */
export const pickRawRow = (value: unknown): RawRow | undefined => {
  const row = rowIn(value);
  return row && Object.fromEntries(OLD_ATTRIBUTES.map((name) => [name, pickValue(row[name])]));
};

/** The rows that an import reads. */
export const OLD_ROWS: RowForm = { attributes: OLD_ATTRIBUTES, pick: pickRawRow };

/** The row in a value that may wrap it in `Item`; undefined if it is not a row. */
export const rowIn = (value: unknown): RawRow | undefined => {
  const row = isObject(value) && isObject(value.Item) ? value.Item : value;
  return isObject(row) ? row : undefined;
};

// Nested values are never valid and are not kept.
const pickValue = (value: unknown): unknown => {
  const plain = isObject(value) && 'S' in value ? value.S : value;
  return typeof plain === 'object' ? undefined : plain;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
