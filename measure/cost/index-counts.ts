import { MAX_AGE_MS } from '../../src/query/cached-reading.ts';
import { type Assumptions, MONTH_HOURS } from './assumptions.ts';
import type { Basis } from './basis.ts';
import type { MeasuredUnits } from './measured-units.ts';
import type { Workload } from './workload.ts';

const MAX_AGE_SECONDS = MAX_AGE_MS / 1_000;
const MONTH_SECONDS = MONTH_HOURS * 3_600;

/** The read units of counting the active sessions of the site in the index once. */
export const unitsOfIndex = ({ work, units }: Pick<Basis, 'work' | 'units'>): number =>
  unitsOf(units, work.activeSessions);

/** The read units of counting those of one page. */
const unitsOfPageIndex = ({ work, units }: Basis): number =>
  unitsOf(units.page, work.activeSessions / work.pages.count);

const unitsOf = (
  {
    countsRead,
    counterRead,
    countsReadPerActive,
  }: Pick<MeasuredUnits, 'countsRead' | 'counterRead' | 'countsReadPerActive'>,
  activeSessions: number,
): number => countsRead - counterRead + activeSessions * countsReadPerActive;

/** How long a container serves a count of the active sessions of the site, seconds. */
export const servedSeconds = ({ work, units, assumptions }: Basis): number =>
  secondsOf(unitsOfIndex({ work, units }), assumptions);

const secondsOf = (index: number, { activeReadUnitsPerSecond }: Assumptions): number =>
  Math.min(index / activeReadUnitsPerSecond, MAX_AGE_SECONDS);

/** How many reads in a month count the active sessions; the others find their number in the cache. */
export const indexCounts = (basis: Basis): number =>
  countsOf(basis, { reads: basis.work.reads, index: unitsOfIndex(basis) });

/**
 * The read units of counting the active sessions of the pages in a month, at most: as if each page had the whole
 * budget, which all counters share.
 */
export const unitsOfPageIndexes = (basis: Basis): number => {
  const { reads, pages } = basis.work;
  if (pages.count === 0) return 0;
  const index = unitsOfPageIndex(basis);
  return pages.count * countsOf(basis, { reads: reads / pages.count, index }) * index;
};

interface CounterReads {
  /** In a month. */
  readonly reads: number;
  /** The read units of the index for one of them. */
  readonly index: number;
}

// A container serves a count until it expires, and counts again for its next request, as
// `src/query/cached-reading.ts` does.
const countsOf = ({ work, assumptions }: Basis, { reads, index }: CounterReads): number => {
  const containerSeconds = queryContainers(work, assumptions) * MONTH_SECONDS;
  const secondsToNextRequest = containerSeconds / reads;
  return containerSeconds / (secondsOf(index, assumptions) + secondsToNextRequest);
};

/** The number of busy containers, plus one for occasional concurrent requests; they share the requests evenly. */
const queryContainers = ({ reads }: Workload, { callMs }: Assumptions): number =>
  Math.ceil((reads / MONTH_SECONDS) * (callMs.cachedQuery / 1_000)) + 1;
