import type { RefusalReason } from '../domain/refusal-reason.ts';
import type { Meter } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { CountVisit } from './count-visit.ts';

/**
 * `countVisit` with metrics: each handled visit is either counted or refused for one reason, so the sums
 * add up. A failure is measured and rethrown. A visit that times out is measured at that moment, or
 * when its container is resumed, if ever.
 */
export const withVisitMetrics =
  (countVisit: CountVisit, meter: Meter): CountVisit =>
  async (request, signal) => {
    const outcome = await countVisit(request, signal).catch((error) => {
      emitVisit(meter, 'failure');
      throw error;
    });
    emitVisit(meter, typeof outcome === 'object' ? undefined : outcome);
    return outcome;
  };

const emitVisit = (meter: Meter, reason: RefusalReason | undefined): void => {
  meter({ [METRIC.visits]: 1, [METRIC.counted]: reason ? 0 : 1 });
  if (reason) meter({ [METRIC.refused]: 1 }, reason);
};
