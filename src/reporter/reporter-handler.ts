import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { activeWindow } from '../domain/active-window.ts';
import { createMeter, type Meter } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { type ReporterSettings, readReporterSettings } from '../settings/settings.ts';
import { countActiveSessions } from '../tables/count-active-sessions.ts';
import { readSizedCounter } from '../tables/read-counter.ts';
import { CROWDED_COUNTER_BYTES } from '../tables/schema.ts';
import { ENABLED, readMappingState } from './mapping-state.ts';

/**
 * The reporter function, which a clock calls: it emits both counts as they are now, and says when
 * the stream's mapping does not bring visits to the projector. Neither waits for the other to work.
 * A return says that the counts were emitted; a throw is left to the next minute.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createReporterHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  lambda: LambdaClient,
): (() => Promise<void>) => {
  const settings = readReporterSettings(env);
  const meter = createMeter(settings.counterName);
  const reportCounts = createReportCounts(settings, client, meter);
  const watchMapping = createWatchMapping(settings, lambda, meter);
  return async () => {
    const watching = watchMapping();
    try {
      await reportCounts();
    } finally {
      await watching;
    }
  };
};

const createReportCounts =
  (settings: ReporterSettings, client: DynamoDBDocumentClient, meter: Meter) =>
  async (): Promise<void> => {
    const { sessionsTable, countsTable, activeShards, activeWindowMinutes } = settings;
    const window = activeWindow(Date.now(), activeWindowMinutes);
    const [{ counter, bytes }, active] = await Promise.all([
      readSizedCounter(client, countsTable),
      countActiveSessions(client, sessionsTable, { activeShards, window }),
    ]);
    meter({
      [METRIC.distinctSessions]: counter.total,
      [METRIC.activeSessions]: active.count,
      ...(bytes >= CROWDED_COUNTER_BYTES && { [METRIC.counterItemBytes]: bytes }),
    });
  };

/**
 * Emits a metric in each minute in which the mapping was not seen to be enabled, and none when all
 * is well, which costs nothing. A state that cannot be read counts as well: else a lost permission
 * would silence the alarm, which forgives a few minutes. Never rejects.
 */
const createWatchMapping =
  ({ streamMappingId }: ReporterSettings, lambda: LambdaClient, meter: Meter) =>
  async (): Promise<void> => {
    if (streamMappingId === undefined) return;
    const log = createLog('reporter');
    try {
      const state = await readMappingState(lambda, streamMappingId);
      if (state === ENABLED) return;
      log.warn('The mapping of the stream is not enabled', { state });
    } catch (error) {
      log.error('The state of the stream’s mapping cannot be read', error as Error);
    }
    meter({ [METRIC.streamMappingDown]: 1 });
  };
