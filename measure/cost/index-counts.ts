import { MAX_AGE_MS } from '../../src/query/cached-reading.ts';
import { type Assumptions, MONTH_HOURS } from './assumptions.ts';
import type { Basis } from './basis.ts';
import type { Workload } from './workload.ts';

const MAX_AGE_SECONDS = MAX_AGE_MS / 1_000;
const MONTH_SECONDS = MONTH_HOURS * 3_600;

/** The read units of counting the active sessions in the index once. */
export const unitsOfIndex = ({ work, units }: Pick<Basis, 'work' | 'units'>): number =>
  units.countsRead - units.counterRead + work.activeSessions * units.countsReadPerActive;

/**
 * How many reads in a month count the active sessions; the others find their number in the cache. A container
 * serves a count until it expires, and counts again for its next request, as `src/query/cached-reading.ts` does.
 */
export const indexCounts = ({ work, units, assumptions }: Basis): number => {
  const index = unitsOfIndex({ work, units });
  const containerSeconds = queryContainers(work, assumptions) * MONTH_SECONDS;
  const servedSeconds = Math.min(index / assumptions.activeReadUnitsPerSecond, MAX_AGE_SECONDS);
  const secondsToNextRequest = containerSeconds / work.reads;
  return containerSeconds / (servedSeconds + secondsToNextRequest);
};

/** The number of busy containers, plus one for occasional concurrent requests; they share the requests evenly. */
const queryContainers = ({ reads }: Workload, { callMs }: Assumptions): number =>
  Math.ceil((reads / MONTH_SECONDS) * (callMs.cachedQuery / 1_000)) + 1;
