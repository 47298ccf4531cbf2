import type { Measurements } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { Projected } from './projector.ts';
import type { StreamBatch } from './stream-batch.ts';

/**
 * The metrics of a batch that is counted as of `nowMs` (epoch milliseconds). The lag is that of
 * its last record, in seconds, as exact as DynamoDB's own whole seconds; a batch that brought
 * nothing new has none, since a replay is old without being late.
 */
export const measureBatch = (
  { arrivedAt, events, malformedRecords }: StreamBatch,
  { started, duplicates, late }: Projected,
  nowMs: number,
): Measurements => ({
  [METRIC.newSessions]: started,
  [METRIC.duplicatesSkipped]: duplicates,
  [METRIC.malformedRecords]: malformedRecords.length,
  ...(late > 0 && { [METRIC.lateRecords]: late }),
  ...(arrivedAt !== undefined &&
    duplicates < events.length && {
      [METRIC.projectionLag]: Math.max(0, nowMs / 1000 - arrivedAt),
    }),
});
