import { type Assumptions, MONTH_HOURS } from './assumptions.ts';

/** What the counter does in a month. */
export interface Workload {
  readonly visits: number;
  readonly newVisits: number;
  /** GET /counts. */
  readonly reads: number;
  /** Calls of the projector that find something to count. */
  readonly batches: number;
  readonly reports: number;
  readonly audits: number;
  /** At any moment. */
  readonly activeSessions: number;
  /** Session rows kept. */
  readonly rows: number;
}

const MONTH_DAYS = MONTH_HOURS / 24;

/** The work that `visits` a month bring, spread evenly over it, once rows expire as others come. */
export const workloadOf = (visits: number, assumptions: Assumptions): Workload => {
  const { newShare, readsPerVisit, activeWindowHours, retentionDays, openShards } = assumptions;
  const newVisits = visits * newShare;
  const shardSeconds = openShards * MONTH_HOURS * 3600;
  return {
    visits,
    newVisits,
    reads: visits * readsPerVisit,
    // Each row that comes and each that expires, unless they meet in one second of one shard.
    batches: Math.min(2 * newVisits, shardSeconds),
    reports: MONTH_HOURS * 60,
    audits: MONTH_DAYS,
    activeSessions: (visits / MONTH_HOURS) * activeWindowHours,
    rows: (newVisits / MONTH_DAYS) * retentionDays,
  };
};
