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

// For what follows the comparison: a metric and a small write.
const RESERVE_MS = 10_000;
const LONGEST_MS = 900_000; // that a function may run

/**
 * The audit function, which a clock calls: it emits how far the session rows are from the counter.
 * A return says that the audit is done, whatever it found; a throw that it could not be, or that how
 * it ended could not be kept. Either comes before Lambda ends the function, as its context says.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createAuditHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  sleep: (ms: number) => Promise<unknown> = setTimeout,
): ((event?: unknown, context?: LambdaContext) => Promise<void>) => {
  const { sessionsTable, countsTable, counterName } = readAuditSettings(env);
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
  });
  return async (_event, context) => {
    const remainingMs = context?.getRemainingTimeInMillis() ?? LONGEST_MS;
    const found = await audit(Math.max(0, remainingMs - RESERVE_MS));
    const { missing, surplus, uncertainty } = found;
    const drift = missing + surplus;
    if (drift > 0) log.error('The rows and the counter disagree', { ...found });
    // Before the write, which may fail: the alarm must hear of a drift in any case.
    meter({ [METRIC.counterDrift]: drift, [METRIC.driftUncertainty]: uncertainty });
    const at = new Date().toISOString();
    await writeAudit(client, countsTable, { at, missing, surplus, uncertainty });
  };
};
