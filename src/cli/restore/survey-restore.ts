import type { Interval } from '../../domain/interval.ts';
import { addToDay, type UtcDay, utcDay } from '../../domain/utc-day.ts';
import { inParallel } from '../../runtime/in-parallel.ts';
import { findRow, type RowState } from './find-row.ts';
import type { RestoreWork } from './restore-work.ts';
import { selectRows } from './selected-rows.ts';
import type { StoredRow } from './stored-row.ts';

/** How many rows are read or written at once. */
export const AT_ONCE = 32;

/** What a source has of a counter. */
export interface RestoreSurvey {
  /** How many rows are in each state. */
  readonly states: Readonly<Record<RowState, number>>;
  /** How many rows would come back, by the day of their first visit. */
  readonly missingByDay: ReadonlyMap<UtcDay, number>;
  /** How many rows are invalid, by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** The shortest interval with the first visits of all valid rows; undefined if there are none. */
  readonly visits: Interval | undefined;
}

/**
 * Reads the source, and looks up each of its rows. A row that the source has twice is missing once: the hashes of the
 * missing rows are in memory, some 100 bytes each. Writes nothing. Throws what the source and the SDK throw.
 */
export const surveyRestore = async (work: RestoreWork): Promise<RestoreSurvey> => {
  const states = { missing: 0, present: 0, cameBack: 0, expired: 0, marked: 0 };
  const missingByDay = new Map<UtcDay, number>();
  const firstByHash = new Map<string, string>();
  const rejected: Record<string, number> = {};
  const progress = work.console.progress({ label: 'Reading', unit: 'row', total: undefined });
  let visits: Visits = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const look = async (row: StoredRow | string): Promise<void> => {
    progress.advance(1);
    if (typeof row === 'string') {
      rejected[row] = (rejected[row] ?? 0) + 1;
      return;
    }
    visits = [Math.min(visits[0], row.firstMs), Math.max(visits[1], row.firstMs)];
    const state = findRepeated(row, await findRow(row, work), firstByHash);
    states[state] += 1;
    if (state === 'missing') addToDay(missingByDay, utcDay(row.firstMs), 1);
  };
  try {
    for await (const rows of selectRows(work)) await inParallel(rows, AT_ONCE, look);
  } finally {
    progress.stop();
  }
  return { states, missingByDay, rejected, visits: intervalOf(visits) };
};

// What a restore finds of a row that it has just brought back.
const findRepeated = (
  { sessionHash, firstAccessed }: StoredRow,
  state: RowState,
  firstByHash: Map<string, string>,
): RowState => {
  if (state !== 'missing') return state;
  const first = firstByHash.get(sessionHash);
  if (first !== undefined) return first === firstAccessed ? 'present' : 'cameBack';
  firstByHash.set(sessionHash, firstAccessed);
  return state;
};

/** The earliest and the latest first visit, epoch milliseconds. */
type Visits = readonly [number, number];

const intervalOf = ([earliest, latest]: Visits): Interval | undefined =>
  earliest <= latest
    ? { from: new Date(earliest).toISOString(), to: new Date(latest + 1).toISOString() }
    : undefined;
