import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Counter } from '../domain/counter.ts';
import { createMeter, type Meter, type OpenMeter } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { type ReporterSettings, readReporterSettings } from '../settings/settings.ts';
import { readAudit } from '../tables/audit-item.ts';
import { createAuditWatch } from './audit-watch.ts';
import { ENABLED, type ReadMappingState } from './mapping-state.ts';
import { createReportCounts } from './report-counts.ts';

/**
 * The handler of the reporter function, which runs every minute: it emits the current counts of the watched counters,
 * and reports when the stream's event source mapping is not enabled, or an audit is overdue. The counts and the state
 * of the mapping do not depend on each other. Throws when the counts cannot be read, and the next minute tries again.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createReporterHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  readMappingState: ReadMappingState,
  openMeter: OpenMeter = createMeter,
): (() => Promise<void>) => {
  const settings = readReporterSettings(env);
  const meter = openMeter(settings.counterName);
  const reportCounts = createReportCounts(settings, client, openMeter);
  const watchAudit = createWatchAudit(settings, client, meter);
  const watchMapping = createWatchMapping(settings, readMappingState, meter);
  return async () => {
    const watching = watchMapping();
    try {
      await watchAudit(await reportCounts());
    } finally {
      await watching;
    }
  };
};

/**
 * Emits a metric while an audit is overdue. A result that cannot be read also counts as overdue: the counts
 * are reported all the same, so no other alarm would show it. Never rejects.
 */
const createWatchAudit = (
  settings: ReporterSettings,
  client: DynamoDBDocumentClient,
  meter: Meter,
) => {
  const { countsTable, auditWithinHours } = settings;
  if (auditWithinHours === 0) return async () => undefined;
  const log = createLog('reporter');
  const isOverdue = createAuditWatch(() => readAudit(client, countsTable), auditWithinHours);
  return async (counter: Counter): Promise<void> => {
    try {
      if (!(await isOverdue(counter, Date.now()))) return;
      log.warn('No audit has succeeded for too long', { auditWithinHours });
    } catch (error) {
      log.error('The result of the last audit cannot be read', error as Error);
    }
    meter({ [METRIC.auditOverdue]: 1 });
  };
};

/**
 * Emits a metric unless the mapping is confirmed to be enabled; a metric without data costs nothing. A
 * state that cannot be read also counts as down, or a lost permission would silence the alarm, which
 * tolerates a few minutes. Never rejects.
 */
const createWatchMapping =
  ({ streamMappingId }: ReporterSettings, readMappingState: ReadMappingState, meter: Meter) =>
  async (): Promise<void> => {
    if (streamMappingId === undefined) return;
    const log = createLog('reporter');
    try {
      const state = await readMappingState(streamMappingId);
      if (state === ENABLED) return;
      log.warn('The event source mapping of the stream is not enabled', { state });
    } catch (error) {
      log.error('The state of the event source mapping cannot be read', error as Error);
    }
    meter({ [METRIC.streamMappingDown]: 1 });
  };
