import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createMeter } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { LambdaContext } from '../runtime/entry-point.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readAuditSettings } from '../settings/settings.ts';
import { writeAudit } from '../tables/audit-item.ts';
import { countRows } from '../tables/count-rows.ts';
import { readCounter } from '../tables/read-counter.ts';
import { createAudit } from './audit.ts';

// Reserved for what follows the comparison: a metric and a small write.
const RESERVE_MS = 10_000;
const MAX_DURATION_MS = 900_000; // Lambda's longest timeout

/**
 * The handler of the audit function, which runs daily: it emits the difference between session rows and
 * counter. Returns when the audit is complete, whatever it found; throws when it could not be completed
 * or its result could not be stored. Either happens before the timeout that the context reports.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createAuditHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  sleep: (ms: number) => Promise<unknown> = setTimeout,
): ((event?: unknown, context?: LambdaContext) => Promise<void>) => {
  const settings = readAuditSettings(env);
  const { sessionsTable, countsTable, counterName } = settings;
  const meter = createMeter(counterName);
  const log = createLog('audit');
  const audit = createAudit({
    readCounter: () => readCounter(client, countsTable),
    countRows: (cutoffMs, signal) => {
      const scan = { segments: 1, onRows: () => signal.throwIfAborted() };
      return countRows(client, sessionsTable, cutoffMs, scan);
    },
    now: Date.now,
    sleep,
    log,
    batchingWindowMs: settings.batchingWindowSeconds * 1_000,
  });
  return async (_event, context) => {
    const remainingMs = context?.getRemainingTimeInMillis() ?? MAX_DURATION_MS;
    const found = await audit(Math.max(0, remainingMs - RESERVE_MS));
    const { missing, surplus, uncertainty } = found;
    const drift = missing + surplus;
    if (drift > 0) log.error('The rows and the counter disagree', { ...found });
    // Before the write, which may fail: the drift must reach the alarm in any case.
    meter({ [METRIC.counterDrift]: drift, [METRIC.driftUncertainty]: uncertainty });
    const at = new Date().toISOString();
    await writeAudit(client, countsTable, { at, missing, surplus, uncertainty });
  };
};
