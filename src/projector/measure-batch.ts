import type { Measurements } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { Projected } from './projector.ts';
import type { StreamBatch } from './stream-batch.ts';

/**
 * The metrics of a batch that was counted at `nowMs` (epoch milliseconds). The lag is that of its last
 * record, in seconds, limited by DynamoDB's resolution of whole seconds. A batch of duplicates only has
 * no lag, because redelivered records are old without being delayed.
 */
export const measureBatch = (
  { lastWrittenAt, events, malformedRecords }: StreamBatch,
  { started, duplicates, late }: Projected,
  nowMs: number,
): Measurements => ({
  [METRIC.newSessions]: started,
  [METRIC.duplicatesSkipped]: duplicates,
  [METRIC.malformedRecords]: malformedRecords.length,
  ...(late > 0 && { [METRIC.lateRecords]: late }),
  ...(lastWrittenAt !== undefined &&
    duplicates < events.length && {
      [METRIC.projectionLag]: Math.max(0, nowMs / 1000 - lastWrittenAt),
    }),
});
