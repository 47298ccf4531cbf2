import type { Counter, SessionCounts } from './counter.ts';
import { differenceOf } from './difference.ts';
import { type UtcDay, utcDay } from './utc-day.ts';

const HOUR_MS = 3_600_000;
/** How long after its visit a row must be counted. A healthy stream is seconds behind. */
const SETTLING_MS = 6 * HOUR_MS;

/**
 * The first UTC day that an audit at `nowMs` (epoch milliseconds) excludes: the latest midnight that is
 * at least six hours ago. More recent rows may not be counted yet, and visits keep adding to them.
 */
export const auditCutoff = (nowMs: number): UtcDay => utcDay(nowMs - SETTLING_MS);

/** The difference between all current rows and the counter. */
export interface DriftNow {
  /** Number of rows minus the number that the counter expects. */
  readonly drift: number;
  /** Possible error of the drift; 0 unless rows were added or deleted during the scan. */
  readonly uncertainty: number;
}

/** The number of rows, and the counter before and after the scan. */
export interface PresentEvidence {
  readonly rows: number;
  readonly before: Counter;
  readonly after: Counter;
}

/**
 * The difference between all rows, including the newest, and the counter. The scan may or may not have
 * seen what was counted between the two readings of the counter, so that is not drift; it is reported
 * as `uncertainty`. Uses no clock and no date of a row: late rows, rows dated ahead and imported rows
 * are not drift either.
 */
export const findDriftNow = ({ rows, before, after }: PresentEvidence): DriftNow => {
  const counted = ({ total, removed }: Counter): SessionCounts => ({ started: total, removed });
  const { rows: drift, uncertainty } = differenceOf(rows, counted(before), counted(after));
  return { drift, uncertainty };
};

/** How many rows the table has according to the counter. */
export const expectedRows = ({ total, removed }: Counter): number => total - removed;
