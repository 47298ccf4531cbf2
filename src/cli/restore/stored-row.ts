import { parseInstant } from '../../domain/utc-day.ts';
import { SESSION } from '../../tables/schema.ts';
import {
  OLD_ATTRIBUTES,
  parseOldRow,
  pickRawRow,
  type RawRow,
  type RowForm,
  rowIn,
} from '../import/old-row.ts';

/** A row of a backup, as it was stored. */
export interface StoredRow {
  readonly sessionHash: string;
  /** The first visit, epoch milliseconds. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly firstAccessed: string;
  readonly lastAccessed: string;
  /** Epoch seconds; undefined without one. */
  readonly expiresAt: number | undefined;
  /** Whether it has the mark of a retract. */
  readonly isMarked: boolean;
}

/** The rows that a restore reads. */
export const STORED_ROWS: RowForm = {
  attributes: [...OLD_ATTRIBUTES, SESSION.expiresAt, SESSION.retracted],
  pick: (value) => {
    const row = rowIn(value);
    if (row === undefined) return undefined;
    const { [SESSION.expiresAt]: expiresAt, [SESSION.retracted]: mark } = row;
    const picked = { [SESSION.expiresAt]: numberIn(expiresAt), [SESSION.retracted]: mark };
    return { ...pickRawRow(row), ...picked };
  },
};

// A number in plain JSON and in DynamoDB JSON.
const numberIn = (value: unknown): number | undefined => {
  const isNested = typeof value === 'object' && value !== null && 'N' in value;
  const number = isNested ? Number(value.N) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};

/** Validates a row; returns it, or why it is invalid. Its times need a zone, as the projector requires. */
export const parseStoredRow = (raw: RawRow): StoredRow | string => {
  const { [SESSION.firstAccessed]: first, [SESSION.lastAccessed]: last } = raw;
  const times = { firstMs: parseInstant(first), lastMs: parseInstant(last) };
  const row = parseOldRow(raw, times);
  if (typeof row === 'string') return row;
  const { sessionHash, firstMs, lastMs } = row;
  return {
    ...{ sessionHash, firstMs, lastMs },
    ...{ firstAccessed: String(first), lastAccessed: String(last) },
    expiresAt: raw[SESSION.expiresAt] as number | undefined,
    // As the projector reads the mark: whatever it contains.
    isMarked: raw[SESSION.retracted] !== undefined,
  };
};
