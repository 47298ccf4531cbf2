import { type Assumptions, MONTH_HOURS } from './assumptions.ts';

/** The work of the counter in a month. */
export interface Workload {
  readonly visits: number;
  readonly newVisits: number;
  /** GET /counts. */
  readonly reads: number;
  /** GET /widget.js. */
  readonly widgetLoads: number;
  /** Invocations of the projector with something to count. */
  readonly batches: number;
  readonly reports: number;
  readonly audits: number;
  /** At any moment. */
  readonly activeSessions: number;
  /** Session rows kept. */
  readonly rows: number;
}

const MONTH_DAYS = MONTH_HOURS / 24;

/** The work of `visits` per month, spread evenly, in a steady state where rows expire as others come. */
export const workloadOf = (visits: number, assumptions: Assumptions): Workload => {
  const { newShare, readsPerVisit, cachedWidgetShare, activeWindowHours, retentionDays } =
    assumptions;
  const newVisits = visits * newShare;
  return {
    visits,
    newVisits,
    reads: visits * readsPerVisit,
    widgetLoads: visits * (1 - cachedWidgetShare),
    // A record for each added and each expired row.
    batches: batchesOf(2 * newVisits, assumptions),
    reports: MONTH_HOURS * 60,
    audits: MONTH_DAYS,
    activeSessions: (visits / MONTH_HOURS) * activeWindowHours,
    rows: (newVisits / MONTH_DAYS) * retentionDays,
  };
};

/**
 * The batches of a month in which `records` arrive at random. A batch begins with a record and takes all
 * records of its shard that follow within the batching window.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html#invocation-eventsourcemapping-batching
 */
const batchesOf = (records: number, { openShards, batchingWindowSeconds }: Assumptions): number => {
  const shardSeconds = openShards * MONTH_HOURS * 3600;
  return records / (1 + (records / shardSeconds) * batchingWindowSeconds);
};
