import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { activeSince } from '../domain/active-window.ts';
import { createMeter } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { Environment } from '../settings/readers.ts';
import { readReporterSettings } from '../settings/settings.ts';
import { countActiveSessions } from '../tables/count-active-sessions.ts';
import { readCounter } from '../tables/read-counter.ts';

/**
 * The reporter function, which a clock calls: it emits both counts as they are now. A return says
 * that they were emitted; a throw is left to the next minute.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createReporterHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
): (() => Promise<void>) => {
  const { sessionsTable, countsTable, activeShards, activeWindowMinutes, counterName } =
    readReporterSettings(env);
  const meter = createMeter(counterName);
  return async () => {
    const since = activeSince(Date.now(), activeWindowMinutes);
    const [counter, active] = await Promise.all([
      readCounter(client, countsTable),
      countActiveSessions(client, sessionsTable, { activeShards, since }),
    ]);
    meter({ [METRIC.distinctSessions]: counter.total, [METRIC.activeSessions]: active.count });
  };
};
