import type { Measurements } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { Counted } from './projector.ts';

/**
 * The metrics of a stream event that was counted, over all counters. Those of what should not happen are only there
 * when it did: a metric without data costs nothing. How long the batch waited is not among them, because Lambda
 * measures it (`IteratorAge`).
 */
export const measureBatch = (
  malformedRecords: number,
  projected: readonly Counted[],
): Measurements => {
  const sumOf = (kind: 'started' | 'duplicates' | 'late'): number =>
    projected.reduce((sum, one) => sum + one[kind], 0);
  const duplicates = sumOf('duplicates');
  const late = sumOf('late');
  return {
    [METRIC.newSessions]: sumOf('started'),
    ...(duplicates > 0 && { [METRIC.duplicatesSkipped]: duplicates }),
    ...(malformedRecords > 0 && { [METRIC.malformedRecords]: malformedRecords }),
    ...(late > 0 && { [METRIC.lateRecords]: late }),
  };
};
