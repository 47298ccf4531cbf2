import type { Measurements } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { Projected } from './projector.ts';
import type { StreamBatch } from './stream-batch.ts';

/**
 * The metrics of a batch that was counted. Those of what should not happen are only there when it did:
 * a metric without data costs nothing. How long the batch waited is not among them, because Lambda
 * measures it (`IteratorAge`).
 */
export const measureBatch = (
  { malformedRecords }: StreamBatch,
  { started, duplicates, late }: Projected,
): Measurements => ({
  [METRIC.newSessions]: started,
  ...(duplicates > 0 && { [METRIC.duplicatesSkipped]: duplicates }),
  ...(malformedRecords.length > 0 && { [METRIC.malformedRecords]: malformedRecords.length }),
  ...(late > 0 && { [METRIC.lateRecords]: late }),
});
