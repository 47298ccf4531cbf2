import type { Meter } from '../metrics/meter.ts';
import { METRIC, type Refusal } from '../metrics/metric-names.ts';
import type { CountVisit } from './count-visit.ts';

/**
 * The same, measured: each visit that comes to an end is either counted or refused for one reason,
 * so that the sums add up. A failure is measured and thrown on. One whose time ran out is measured
 * then, or when its container goes on, if it ever does.
 */
export const measureVisits =
  (countVisit: CountVisit, meter: Meter): CountVisit =>
  async (request, signal) => {
    const outcome = await countVisit(request, signal).catch((error) => {
      emitVisit(meter, 'failure');
      throw error;
    });
    emitVisit(meter, outcome === 'counted' ? undefined : outcome);
    return outcome;
  };

const emitVisit = (meter: Meter, refusal: Refusal | undefined): void => {
  meter({ [METRIC.visits]: 1, [METRIC.counted]: refusal ? 0 : 1 });
  if (refusal) meter({ [METRIC.refused]: 1 }, refusal);
};
