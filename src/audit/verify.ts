import { auditCutoff, type DriftNow, findDriftNow, rowsIn } from '../domain/audit.ts';
import {
  AUDITED_DAYS,
  compareRows,
  type RowDrift,
  sumDifferences,
} from '../domain/row-comparison.ts';
import { sumRows } from '../domain/row-counts.ts';
import type { UtcDay } from '../domain/utc-day.ts';
import { type ReadRowsDependencies, readRows } from './read-rows.ts';

/** How far all rows are from the counter, up to the present moment. */
export interface Verification extends DriftNow {
  readonly rows: number;
  /** How many rows there are by the counter. */
  readonly expected: number;
  /** The same of the sessions before the day `cutoff`, each day by itself. */
  readonly settled: RowDrift & { readonly cutoff: UtcDay };
}

/**
 * Compares all rows with the counter while visits go on, and changes nothing. What happened before
 * the rows are read is in the first reading of the counter, what happened meanwhile in the second.
 * Throws an AuditError when the projector does not keep up, and what its dependencies throw.
 */
export const verifyRows = async (dependencies: ReadRowsDependencies): Promise<Verification> => {
  const cutoff = auditCutoff(dependencies.now());
  const cutoffMs = Date.parse(cutoff);
  const reading = await readRows(dependencies, cutoffMs, dependencies.readCounter);
  const { before, after } = reading;
  const rows = sumRows(reading.rows);
  const comparison = compareRows({ ...reading, cutoffMs, days: AUDITED_DAYS, countedAhead: 0 });
  return {
    ...{ rows, expected: rowsIn(after), ...findDriftNow({ rows, before, after }) },
    settled: { cutoff, ...sumDifferences(comparison) },
  };
};

/** Whether a verification found no difference that its possible errors do not allow for. */
export const agrees = ({ drift, settled }: Verification): boolean =>
  drift === 0 && settled.missing + settled.surplus === 0;
