import { KEEP_MS } from '../../src/http/edge-secrets.ts';
import { MONTH_HOURS } from './assumptions.ts';
import type { Basis } from './basis.ts';
import { servedSeconds } from './index-counts.ts';
import type { Workload } from './workload.ts';

const MONTH_SECONDS = MONTH_HOURS * 3_600;
const WIDGET_SECONDS = 86_400;

/** The work behind CloudFront: the API gets only the reads that no edge location can answer. */
export const behindEdge = ({ work, units, assumptions }: Basis): Workload => {
  const { edgeLocations, answerBytes, widgetBytes } = assumptions;
  const missed = (requests: number, keptSeconds: number): number =>
    requests / (1 + (requests / edgeLocations / MONTH_SECONDS) * keptSeconds);
  const reads = missed(work.reads, keptSeconds({ work, units, assumptions }));
  const widgetLoads = missed(work.widgetLoads, WIDGET_SECONDS);
  return {
    ...work,
    ...{ reads, widgetLoads },
    edge: {
      requests: work.visits + work.reads + work.widgetLoads,
      bytes: (work.visits + work.reads) * answerBytes + work.widgetLoads * widgetBytes,
      secretReads: secretReadsOf(work.visits) + secretReadsOf(reads + widgetLoads),
    },
  };
};

// An answer says in whole seconds how long the count in the container stays valid. On average, half of that time has
// passed when an edge location asks.
const keptSeconds = (basis: Basis): number => Math.floor(servedSeconds(basis)) / 2;

// Two containers of a function are in use, as in `workloadOf`. Each reads both versions every five minutes, if it has
// a request.
const secretReadsOf = (requests: number): number =>
  2 * Math.min(requests, 2 * (MONTH_SECONDS / (KEEP_MS / 1_000)));
