import { setTimeout } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RowDrift } from '../domain/row-comparison.ts';
import { createMeter, type OpenMeter } from '../metrics/meter.ts';
import { METRIC } from '../metrics/metric-names.ts';
import type { LambdaContext } from '../runtime/entry-point.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readAuditSettings } from '../settings/settings.ts';
import { writeAudit } from '../tables/audit-item.ts';
import { countRows } from '../tables/count-rows.ts';
import { scanCounters } from '../tables/scan-counters.ts';
import { createAudit, type FinishedAudit } from './audit.ts';

// Reserved for what follows the comparison: a metric and a small write.
const RESERVE_MS = 10_000;
const MAX_DURATION_MS = 900_000; // Lambda's longest timeout

/**
 * The handler of the audit function, which runs daily: it emits the difference between session rows and
 * counters, summed over all of them. Returns when the audit is complete, whatever it found; throws when it
 * could not be completed or its result could not be stored. Either happens before the timeout that the context
 * reports. Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createAuditHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  sleep: (ms: number) => Promise<unknown> = setTimeout,
  openMeter: OpenMeter = createMeter,
): ((event?: unknown, context?: LambdaContext) => Promise<void>) => {
  const settings = readAuditSettings(env);
  const { sessionsTable, countsTable, counterName } = settings;
  const meter = openMeter(counterName);
  const log = createLog('audit');
  const audit = createAudit({
    readCounters: () => scanCounters(client, countsTable),
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
    if (drift > 0) log.error('The rows and the counter disagree', describeDrift(found));
    // Before the write, which may fail: the drift must reach the alarm in any case.
    meter({ [METRIC.counterDrift]: drift, [METRIC.driftUncertainty]: uncertainty });
    const at = new Date().toISOString();
    await writeAudit(client, countsTable, { at, missing, surplus, uncertainty });
  };
};

// CloudWatch cuts an event after 256 kB, and a name has up to 64 characters.
const MAX_LOGGED = 100;

// The name of a counter is not personal.
const describeDrift = ({ counters, ...sums }: FinishedAudit) => {
  const driftOf = ({ missing, surplus }: RowDrift): number => missing + surplus;
  const drifting = [...counters]
    .filter(([, drift]) => driftOf(drift) > 0)
    .sort(([, a], [, b]) => driftOf(b) - driftOf(a));
  const logged = Object.fromEntries(drifting.slice(0, MAX_LOGGED));
  return { ...sums, driftingCounters: drifting.length, counters: logged };
};
