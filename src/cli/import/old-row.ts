import { unmarshall } from '@aws-sdk/util-dynamodb';
import { DateTime } from 'luxon';
import { DAY_MS } from '../../domain/utc-day.ts';
import { SESSION } from '../../tables/schema.ts';

/** A row of the older counter that can be imported; times in epoch milliseconds. */
export interface OldRow {
  readonly sessionHash: string;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What one is judged by. */
export interface OldRowRules {
  /** The IANA time zone of times that name none. */
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

const MAX_KEY_BYTES = 2_048;
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** The row in `raw`, a plain object, or why it is none. */
export const judgeOldRow = (
  raw: Readonly<Record<string, unknown>>,
  { timeZone, nowMs }: OldRowRules,
): OldRow | string => {
  const sessionHash = raw[SESSION.hash];
  if (typeof sessionHash !== 'string' || sessionHash.trim() === '') return `no ${SESSION.hash}`;
  if (Buffer.byteLength(sessionHash) > MAX_KEY_BYTES) return `${SESSION.hash} is over 2,048 bytes`;
  const firstMs = parseOldTime(raw[SESSION.firstAccessed], timeZone);
  if (firstMs === undefined) return `no readable ${SESSION.firstAccessed}`;
  const lastMs = parseOldTime(raw[SESSION.lastAccessed], timeZone);
  if (lastMs === undefined) return `no readable ${SESSION.lastAccessed}`;
  if (lastMs < firstMs) return `${SESSION.lastAccessed} is before ${SESSION.firstAccessed}`;
  if (lastMs > nowMs + DAY_MS) return `${SESSION.lastAccessed} is in the future`;
  return { sessionHash, firstMs, lastMs };
};

/**
 * The epoch millisecond of an ISO 8601 time, which is of `timeZone` unless it names its own;
 * undefined when it is none. Of an hour that clocks pass twice it is the first; one that they leap
 * over is an hour later.
 */
export const parseOldTime = (text: unknown, timeZone: string): number | undefined => {
  if (typeof text !== 'string' || !LOCAL_TIME.test(text)) return undefined;
  const time = DateTime.fromISO(text.replace(' ', 'T'), { zone: timeZone });
  if (!time.isValid) return undefined;
  return Math.min(...time.getPossibleOffsets().map((possible) => possible.toMillis()));
};

/**
 * The plain row in a line: of plain JSON, of DynamoDB JSON, or of an export, whose lines hold an
 * `Item`. Undefined when the line holds none.
 */
export const parseRowLine = (line: string): Record<string, unknown> | undefined => {
  try {
    const parsed = JSON.parse(line);
    const row = parsed?.Item ?? parsed;
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined;
    return typeof row[SESSION.hash] === 'object' ? unmarshall(row) : row;
  } catch {
    return undefined;
  }
};
