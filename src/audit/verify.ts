import { auditCutoff, type DriftNow, expectedRows, findDriftNow } from '../domain/audit.ts';
import {
  AUDITED_DAYS,
  compareRows,
  type RowDrift,
  sumDifferences,
} from '../domain/row-comparison.ts';
import { sumRows } from '../domain/row-counts.ts';
import type { UtcDay } from '../domain/utc-day.ts';
import { type ReadRowsDependencies, readRows } from './read-rows.ts';

/** The difference between all current rows and the counter. */
export interface Verification extends DriftNow {
  readonly rows: number;
  /** How many rows the table has according to the counter. */
  readonly expected: number;
  /** The drift of the sessions before the day `cutoff`, compared day by day. */
  readonly settled: RowDrift & { readonly cutoff: UtcDay };
}

/**
 * Compares all rows with the counter during concurrent visits, and changes nothing. Throws an AuditError
 * when the projector does not keep up, and what its dependencies throw.
 */
export const verifyRows = async (dependencies: ReadRowsDependencies): Promise<Verification> => {
  const cutoff = auditCutoff(dependencies.now());
  const cutoffMs = Date.parse(cutoff);
  const reading = await readRows(dependencies, cutoffMs, dependencies.readCounter);
  const { before, after } = reading;
  const rows = sumRows(reading.rows);
  const comparison = compareRows({ ...reading, cutoffMs, days: AUDITED_DAYS, countedAhead: 0 });
  return {
    ...{ rows, expected: expectedRows(after), ...findDriftNow({ rows, before, after }) },
    settled: { cutoff, ...sumDifferences(comparison) },
  };
};

/** Whether a verification found no drift. */
export const agrees = ({ drift, settled }: Verification): boolean =>
  drift === 0 && settled.missing + settled.surplus === 0;
