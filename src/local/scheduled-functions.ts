import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createAuditHandler } from '../audit/audit-handler.ts';
import { createReporterHandler } from '../reporter/reporter-handler.ts';
import type { Environment } from '../settings/readers.ts';
import { observeFunction } from './observation/adapters/observe-function.ts';
import type { Observation } from './observation/observation.ts';

/** What a deployment with a daily audit sets for the functions that schedules call. */
const DEPLOYED = { STREAM_MAPPING_ID: 'local', AUDIT_WITHIN_HOURS: '26' };

export interface ScheduledOptions {
  readonly observation: Observation;
  readonly readMappingState: () => string;
  /** Waits of the audit; by default real ones, until the signal aborts. */
  readonly sleep?: ((ms: number) => Promise<unknown>) | undefined;
}

/** Lets the schedules of the template call the reporter and the audit, until stopped. Throws a SettingError. */
export const addScheduledFunctions = (
  settings: Environment,
  client: DynamoDBDocumentClient,
  { observation, readMappingState, sleep }: ScheduledOptions,
): { readonly stop: () => void } => {
  const { collector, openMeterOf, setScheduled } = observation;
  const env = { ...settings, ...DEPLOYED };
  const abort = new AbortController();
  const wait = sleep ?? ((ms: number) => delay(ms, undefined, { signal: abort.signal }));
  const readState = async () => readMappingState();
  const report = createReporterHandler(env, client, readState, openMeterOf('reporter'));
  const audit = createAuditHandler(env, client, wait, openMeterOf('audit'));
  setScheduled('reporter', observeFunction('reporter', report, collector.put));
  setScheduled(
    'audit',
    observeFunction('audit', () => audit(), collector.put),
  );
  return { stop: () => abort.abort() };
};
