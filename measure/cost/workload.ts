import { type Assumptions, MONTH_HOURS, type StartedFunction } from './assumptions.ts';

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
  /** The writes of these batches, one for each counter in a batch. */
  readonly counterWrites: number;
  readonly reports: number;
  readonly audits: number;
  /** Containers that start for a call. */
  readonly starts: Readonly<Record<StartedFunction, number>>;
  /** At any moment. */
  readonly activeSessions: number;
  /** Session rows of the site that are kept. */
  readonly rows: number;
  readonly pages: PageWork;
  /** Only behind an edge, which answers some of the reads itself: `reads` and `widgetLoads` are the others. */
  readonly edge?: EdgeWork;
}

/** The work of CloudFront in front of the API, and what it adds to that of the functions, in a month. */
export interface EdgeWork {
  /** Of all visitors and readers; each runs the function that takes the prefix off the path. */
  readonly requests: number;
  /** To visitors and readers. */
  readonly bytes: number;
  /** Calls of Secrets Manager by the functions. */
  readonly secretReads: number;
}

/** The work for the counters of single pages. */
export interface PageWork {
  readonly count: number;
  readonly newVisits: number;
  /** Of all pages together. */
  readonly rows: number;
}

const MONTH_DAYS = MONTH_HOURS / 24;

/** The work of `visits` per month, spread evenly, in a steady state where rows expire as others come. */
export const workloadOf = (visits: number, assumptions: Assumptions): Workload => {
  const { readsPerVisit, cachedWidgetShare, activeWindowHours } = assumptions;
  const newVisits = visits * assumptions.newShare;
  const pages = pageWorkOf(visits, assumptions);
  const batches = batchesOf(recordsOf(newVisits + pages.newVisits), assumptions);
  const reports = MONTH_HOURS * 60;
  return {
    visits,
    newVisits,
    reads: visits * readsPerVisit,
    widgetLoads: visits * (1 - cachedWidgetShare),
    ...{ batches, reports, audits: MONTH_DAYS },
    counterWrites: writesOf(newVisits, pages, assumptions),
    starts: {
      // A page sends its requests for the counts soon after its visit.
      ingest: startsOf(visits, assumptions),
      query: startsOf(visits, assumptions),
      projector: startsOf(batches, assumptions),
      reporter: MONTH_HOURS / assumptions.replacedHours,
    },
    activeSessions: (visits / MONTH_HOURS) * activeWindowHours,
    rows: rowsOf(newVisits, assumptions),
    pages,
  };
};

const rowsOf = (newVisits: number, { retentionDays }: Assumptions): number =>
  (newVisits / MONTH_DAYS) * retentionDays;

const pageWorkOf = (visits: number, assumptions: Assumptions): PageWork => {
  const count = assumptions.pages;
  const newVisits = count > 0 ? visits : 0;
  return { count, newVisits, rows: rowsOf(newVisits, assumptions) };
};

/** A record for each added and each expired row. */
const recordsOf = (newVisits: number): number => 2 * newVisits;

// For each counter, the batches that have a record of it.
const writesOf = (newVisits: number, pages: PageWork, assumptions: Assumptions): number => {
  const ofSite = batchesOf(recordsOf(newVisits), assumptions);
  if (pages.count === 0) return ofSite;
  const ofPage = batchesOf(recordsOf(pages.newVisits / pages.count), assumptions);
  return ofSite + pages.count * ofPage;
};

/**
 * The containers that start in a month for events that arrive at random: one for each event that comes
 * after the container of the event before is given up, and one for each that Lambda replaces while it is
 * in use. Two are in use, because some events come at the same time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
const startsOf = (
  events: number,
  { keptSeconds, replacedHours }: Pick<Assumptions, 'keptSeconds' | 'replacedHours'>,
): number => {
  const isGivenUp = Math.exp((-events * keptSeconds) / (MONTH_HOURS * 3_600));
  const replaced = CONTAINERS_IN_USE * (MONTH_HOURS / replacedHours);
  return events * isGivenUp + replaced * (1 - isGivenUp);
};

const CONTAINERS_IN_USE = 2;

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
