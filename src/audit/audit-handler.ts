import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createLog } from '../log.ts';
import { createMeter } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { Environment } from '../settings/readers.ts';
import { readAuditSettings } from '../settings/settings.ts';
import { writeAudit } from '../tables/audit-item.ts';
import { countRowsBefore } from '../tables/count-rows.ts';
import { readCounter } from '../tables/read-counter.ts';
import { createAudit } from './audit.ts';

/**
 * The audit function, which a clock calls: it emits how far the session rows are from the counter.
 * A return says that the audit is done, whatever it found; a throw that it could not be.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createAuditHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  sleep: (ms: number) => Promise<unknown> = setTimeout,
): (() => Promise<void>) => {
  const { sessionsTable, countsTable, counterName } = readAuditSettings(env);
  const meter = createMeter(counterName);
  const log = createLog('audit');
  const audit = createAudit({
    readCounter: () => readCounter(client, countsTable),
    countRowsBefore: async (cut) => {
      const [rows = 0] = await countRowsBefore(client, sessionsTable, [Date.parse(cut)]);
      return rows;
    },
    now: Date.now,
    sleep,
  });
  return async () => {
    const { drift, uncertainty } = await audit();
    if (drift !== 0) log.error('The rows and the counter disagree', { drift, uncertainty });
    const at = new Date().toISOString();
    await writeAudit(client, countsTable, { at, drift, uncertainty });
    meter({ [METRIC.counterDrift]: drift, [METRIC.driftUncertainty]: uncertainty });
  };
};
