import { auditCutoff, type DriftNow, expectedRows, findDriftNow } from '../domain/audit.ts';
import { type ByCounter, mapCounters } from '../domain/by-counter.ts';
import type { Counter } from '../domain/counter.ts';
import {
  AUDITED_DAYS,
  compareRows,
  type RowDrift,
  sumDifferences,
} from '../domain/row-comparison.ts';
import { sumRows } from '../domain/row-counts.ts';
import type { UtcDay } from '../domain/utc-day.ts';
import { eachReading, type ReadRowsDependencies, type RowsReading, readRows } from './read-rows.ts';
import { assertNoneBegan, assertNoUndo } from './without-undo.ts';

/** The difference between all current rows of a counter and the counter. */
export interface Verification extends DriftNow {
  readonly rows: number;
  /** How many rows the table has according to the counter. */
  readonly expected: number;
  /** The drift of the sessions before the day `cutoff`, compared day by day. */
  readonly settled: RowDrift & { readonly cutoff: UtcDay };
}

/**
 * Compares all rows with the counters, each with its own, during concurrent visits, and changes nothing. Throws
 * an AuditError when the projector does not keep up or a retract or a restore is running, and what its dependencies
 * throw.
 */
export const verifyRows = async (
  dependencies: ReadRowsDependencies,
): Promise<ByCounter<Verification>> => {
  const cutoff = auditCutoff(dependencies.now());
  const readCounters = async (): Promise<ByCounter<Counter>> => {
    const counters = await dependencies.readCounters();
    assertNoUndo(counters);
    return counters;
  };
  const readings = await readRows(dependencies, Date.parse(cutoff), readCounters);
  assertNoneBegan(readings.before, readings.after);
  return mapCounters(eachReading(readings), (reading) => verifyReading(reading, cutoff));
};

const verifyReading = (reading: RowsReading, cutoff: UtcDay): Verification => {
  const { before, after } = reading;
  const rows = sumRows(reading.rows);
  const cutoffMs = Date.parse(cutoff);
  const comparison = compareRows({ ...reading, cutoffMs, days: AUDITED_DAYS, countedAhead: 0 });
  return {
    ...{ rows, expected: expectedRows(after), ...findDriftNow({ rows, before, after }) },
    settled: { cutoff, ...sumDifferences(comparison) },
  };
};

/** Whether a verification found no drift. */
export const agrees = ({ drift, settled }: Verification): boolean =>
  drift === 0 && settled.missing + settled.surplus === 0;
