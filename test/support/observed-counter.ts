import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, vi } from 'vitest';
import { DAY_MS } from '../../src/domain/utc-day.ts';
import type { AlarmStatus } from '../../src/local/cloudwatch/alarms/alarms.ts';
import type { AlarmState } from '../../src/local/cloudwatch/alarms/judge-data.ts';
import type { ShownDashboard } from '../../src/local/dashboard/dashboard-data.ts';
import type { TableNames } from '../../src/local/database.ts';
import { DEFAULT_TIMING } from '../../src/local/event-source/mapping-timing.ts';
import { type LocalCounter, startLocalCounter } from '../../src/local/local-counter.ts';
import type { Observation } from '../../src/local/observation/observation.ts';
import type { ObservedSettings } from '../../src/local/observation/observed-settings.ts';
import type { ObserveOptions } from '../../src/local/observation/open-observation.ts';
import { printTemplate } from '../../src/local/observation/print-template.ts';
import type { Environment } from '../../src/settings/readers.ts';
import { type FailingDynamoDB, startFailingDynamoDB } from './failing-dynamodb.ts';
import { ownTables } from './own-tables.ts';
import { dateRecordsByVisit } from './record-dates.ts';

/** A complete local counter with its CloudWatch, on a clock that only the test moves. It starts at 6:00 UTC. */
export interface ObservedCounter extends LocalCounter {
  readonly tables: TableNames;
  readonly observation: Observation;
  /** The DynamoDB of all its parts, which fails on demand. */
  readonly dynamodb: FailingDynamoDB;
  /** Moves the clock minute by minute; in each, the schedules call their functions and the alarms are evaluated. */
  readonly passMinutes: (minutes: number) => Promise<void>;
  /** What the dashboard shows now. */
  readonly shown: () => ShownDashboard;
  /**
   * Moves the clock by so many hours at once: in the last minute, each schedule calls its function once, and the alarms
   * are evaluated for all of them.
   */
  readonly passHours: (hours: number) => Promise<void>;
  /** Moves the clock until the alarm has this state, for an hour at most. */
  readonly passUntil: (alarm: string, state: AlarmState) => Promise<void>;
  /** The alarm with this name, without that of the counter. */
  readonly alarmNamed: (alarm: string) => AlarmStatus;
  /** The state of that alarm. */
  readonly stateOf: (alarm: string) => AlarmState;
}

export interface ObservedOptions {
  readonly env?: Environment;
  readonly historyFolder?: string;
  /** Whether the template is loaded before the test begins; by default it is. */
  readonly isLoaded?: boolean;
  /** By default the template of a deployment with these settings. */
  readonly loadTemplate?: ObserveOptions['loadTemplate'];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

// In each minute, the event source mapping delivers again what failed.
const RETRY_MS = 15;

// Fast retries, because only the clock of the functions is a fake: their timers are real. Polls in between, which are
// most of the work in a minute without visits, may be slower.
const TIMING = { ...DEFAULT_TIMING, discoveryMs: 100, pollMs: 25, retryMinMs: 5, retryMaxMs: 10 };

/**
 * Starts observed counters in the tests of a file, in front of the DynamoDB at `endpoint`. Records of the stream are
 * dated by the visit that wrote them, because the clock of the emulator is real.
 */
export const useObservedCounter = (
  endpoint: () => string,
): ((options?: ObservedOptions) => Promise<ObservedCounter>) => {
  const starting = startFailingDynamoDB(endpoint);
  return async (options) => {
    const dynamodb = await starting;
    Object.assign(dynamodb, { trouble: 'nothing', deny: undefined, denyWritesTo: undefined });
    dynamodb.changeAnswer = dateRecordsByVisit;
    vi.useFakeTimers({ toFake: ['Date'], now: nextMorning() });
    onTestFinished(() => void vi.useRealTimers());
    return startObserved(dynamodb, options);
  };
};

// Half an hour before the audit, so that no test depends on the time of day.
const nextMorning = (): number => (Math.floor(Date.now() / DAY_MS) + 1) * DAY_MS + 6 * HOUR_MS;

const startObserved = async (
  dynamodb: FailingDynamoDB,
  {
    env = {},
    historyFolder,
    loadTemplate = loadTemplateOnce,
    isLoaded = true,
  }: ObservedOptions = {},
): Promise<ObservedCounter> => {
  const tables = ownTables();
  const { promise, resolve: take } = Promise.withResolvers<Observation>();
  const counter = await startLocalCounter({
    ...{ port: 0, dataFolder: undefined, pageFolder: 'examples/resume', timing: TIMING },
    loadWidget: async () => '',
    loadDashboardPage: async () => ({ html: '', script: '', style: '' }),
    env: { AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint, ...tables, ...env },
    observe: {
      ...{ loadTemplate, historyFolder },
      drive: (observation) => {
        take(observation);
        return { stop: () => undefined };
      },
      sleep: async (ms) => vi.setSystemTime(Date.now() + ms),
    },
  });
  onTestFinished(counter.stop);
  const observation = await promise;
  if (isLoaded) await observation.load();
  await observation.step(Date.now());
  return { ...counter, tables, observation, dynamodb, ...observe(observation) };
};

const observe = (observation: Observation) => {
  const shown = (rangeMs?: number): ShownDashboard => {
    const data = observation.read(rangeMs);
    if ('status' in data) throw new Error(data.message);
    return data;
  };
  const alarmNamed = (alarm: string): AlarmStatus => {
    // The data of all charts of a day would take longer than everything else in a minute.
    const { alarms } = shown(MINUTE_MS);
    const found = alarms.find(({ definition }) => definition.name.endsWith(`-${alarm}`));
    if (!found) throw new Error(`There is no alarm ${alarm}`);
    return found;
  };
  const stateOf = (alarm: string): AlarmState => alarmNamed(alarm).state;
  const pass = async (ms: number): Promise<void> => {
    vi.setSystemTime(Date.now() + ms);
    await observation.step(Date.now());
    await delay(RETRY_MS);
  };
  const passMinutes = async (minutes: number): Promise<void> => {
    for (let passed = 0; passed < minutes; passed += 1) await pass(MINUTE_MS);
  };
  const passUntil = async (alarm: string, state: AlarmState): Promise<void> => {
    for (let passed = 0; passed < 60 && stateOf(alarm) !== state; passed += 1) await passMinutes(1);
    expect({ alarm, state: stateOf(alarm) }).toEqual({ alarm, state });
  };
  return {
    ...{ shown, alarmNamed, stateOf, passMinutes, passUntil },
    passHours: (hours: number) => pass(hours * HOUR_MS),
  };
};

const printed = new Map<string, Promise<string>>();

// Synthesizing a template takes a second.
const loadTemplateOnce = (settings: ObservedSettings, signal: AbortSignal): Promise<string> => {
  const key = JSON.stringify(settings);
  const printing = printed.get(key) ?? printTemplate('infra/observed/main.ts')(settings, signal);
  printed.set(key, printing);
  return printing;
};
