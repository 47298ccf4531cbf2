import { auditCut, type DriftNow, findDriftNow, rowsIn } from '../domain/audit.ts';
import type { Counter } from '../domain/counter.ts';
import {
  AUDITED_DAYS,
  compareRows,
  type RowDrift,
  sumDifferences,
} from '../domain/row-comparison.ts';
import { type RowCounts, sumRows } from '../domain/row-counts.ts';
import type { UtcDay } from '../domain/utc-day.ts';
import { type UntilCountedDependencies, waitUntilCounted } from './until-counted.ts';

export interface VerifyDependencies extends UntilCountedDependencies {
  /** The counter as it is now, by a strongly consistent read. */
  readonly readCounter: () => Promise<Counter>;
  /** All rows, told apart by a cutoff, epoch milliseconds. */
  readonly countRows: (cutoffMs: number) => Promise<RowCounts>;
}

/** How far all rows are from the counter, up to the present moment. */
export interface Verification extends DriftNow {
  readonly rows: number;
  /** How many rows there are by the counter. */
  readonly expected: number;
  /** The same of the sessions before the day `cut`, each day by itself. */
  readonly settled: RowDrift & { readonly cut: UtcDay };
}

/**
 * Compares all rows with the counter while visits go on, and changes nothing. What happened before
 * the rows are read is in the first reading of the counter, what happened meanwhile in the second.
 * Throws an AuditError when the projector does not keep up, and what its dependencies throw.
 */
export const verifyRows = async (dependencies: VerifyDependencies): Promise<Verification> => {
  const readCounted = async (): Promise<Counter> => {
    await waitUntilCounted(dependencies);
    return dependencies.readCounter();
  };
  const before = await readCounted();
  const cut = auditCut(dependencies.now());
  const cutoffMs = Date.parse(cut);
  const counts = await dependencies.countRows(cutoffMs);
  const after = await readCounted();
  const rows = sumRows(counts);
  const evidence = { ...{ cutoffMs, days: AUDITED_DAYS, countedAhead: 0 }, rows: counts };
  return {
    ...{ rows, expected: rowsIn(after), ...findDriftNow({ rows, before, after }) },
    settled: { cut, ...sumDifferences(compareRows({ ...evidence, before, after })) },
  };
};

/** Whether a verification found no difference that its possible errors do not allow for. */
export const agrees = ({ drift, settled }: Verification): boolean =>
  drift === 0 && settled.missing + settled.surplus === 0;
