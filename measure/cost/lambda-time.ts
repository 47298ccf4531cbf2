import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import type { FunctionName } from '../../src/settings/function-name.ts';
import type { Basis } from './basis.ts';
import { indexCounts } from './index-counts.ts';

/** What Lambda bills for the time of a month: the starts of containers, with their first calls, included. */
export const gigabyteSeconds = (basis: Basis): number =>
  Object.entries(millisecondsOf(basis)).reduce(
    (sum, [name, ms]) => sum + (memoryOf(name as FunctionName) / 1_024) * (ms / 1_000),
    0,
  );

type Milliseconds = Readonly<Record<Exclude<FunctionName, 'legacy' | 'digest'>, number>>;

const millisecondsOf = (basis: Basis): Milliseconds => {
  const { visits, reads, widgetLoads, batches, reports, audits, starts } = basis.work;
  const { callMs, startMs, auditMsPerMegabyte } = basis.assumptions;
  const counting = indexCounts(basis);
  return {
    ingest: visits * callMs.ingest + starts.ingest * startMs.ingest,
    query:
      counting * callMs.query +
      (reads - counting) * callMs.cachedQuery +
      widgetLoads * callMs.widget +
      starts.query * startMs.query,
    projector: batches * callMs.projector + starts.projector * startMs.projector,
    reporter: reports * callMs.reporter + starts.reporter * startMs.reporter,
    audit: audits * megabytesOfRows(basis) * auditMsPerMegabyte,
  };
};

const megabytesOfRows = ({ work, units }: Basis): number =>
  (work.rows * units.rowBytes + work.pages.rows * units.page.rowBytes) / 1e6;

const memoryOf = (name: FunctionName): number => FUNCTION_LIMITS[name].memoryMegabytes;
