import { isSetBack } from '../is-set-back.ts';
import { MINUTE_MS } from '../metric.ts';
import type { MetricStore } from '../store/metric-store.ts';
import type { AlarmDefinition } from './alarm-definition.ts';
import { evaluateAlarm } from './evaluate-alarm.ts';
import type { AlarmState } from './judge-data.ts';

/** A change of the state of an alarm. */
export interface AlarmChange {
  readonly alarm: string;
  /** The end of the minute after which it was evaluated, in milliseconds since 1970. */
  readonly time: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly reason: string;
}

/** An alarm as it is now. */
export interface AlarmStatus {
  readonly definition: AlarmDefinition;
  readonly state: AlarmState;
  readonly reason: string;
  /** Since when it has this state, in milliseconds since 1970; undefined before the first change. */
  readonly since: number | undefined;
}

/** How long a change is kept, in milliseconds: two weeks, as in CloudWatch. */
export const HISTORY_MS = 14 * 24 * 60 * MINUTE_MS;

/** How many minutes without an evaluation are made up for. */
const CATCH_UP_MINUTES = 24 * 60;

/** The alarms of a template, with their states. */
export interface Alarms {
  /**
   * Evaluates every alarm at the end of each whole minute since the last call, of a day at most; at the first call,
   * and when the clock was set back, only of the last one. Returns the changes.
   */
  readonly evaluate: (now: number) => AlarmChange[];
  readonly statuses: () => AlarmStatus[];
  /** The changes of the last two weeks, and the last one of each alarm, from the oldest to the newest. */
  readonly history: () => readonly AlarmChange[];
}

/**
 * The alarms, in the states in which the changes of an earlier run left them, or without data. As in CloudWatch, a new
 * one is evaluated at once, and goes off if the data that it misses counts as breaching; warm-up periods, which delay
 * that, are unknown here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
 */
export const createAlarms = (
  definitions: readonly AlarmDefinition[],
  store: Pick<MetricStore, 'read'>,
  earlier: readonly AlarmChange[] = [],
): Alarms => {
  let changes = [...earlier];
  let evaluatedUntil: number | undefined;
  const statusOf = (definition: AlarmDefinition): AlarmStatus => describe(definition, changes);
  const evaluateAt = (time: number): AlarmChange[] => {
    const found = definitions.flatMap((definition) =>
      findChange(statusOf(definition), evaluateAlarm(definition, store, time), time),
    );
    changes = forgetOld([...changes, ...found], time - HISTORY_MS);
    return found;
  };
  return {
    evaluate: (now) => {
      const minutes = minutesUntil(now, evaluatedUntil);
      evaluatedUntil = minutes.at(-1) ?? evaluatedUntil;
      return minutes.flatMap(evaluateAt);
    },
    statuses: () => definitions.map(statusOf),
    history: () => changes,
  };
};

// The last change of an alarm tells its state.
const forgetOld = (changes: readonly AlarmChange[], oldest: number): AlarmChange[] =>
  changes.filter(
    (change, i) =>
      change.time > oldest || !changes.slice(i + 1).some(({ alarm }) => alarm === change.alarm),
  );

const minutesUntil = (now: number, before: number | undefined): number[] => {
  const last = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const isFirst = before === undefined || isSetBack(last, before);
  const missed = isFirst ? 1 : (last - before) / MINUTE_MS;
  const length = Math.max(0, Math.min(missed, CATCH_UP_MINUTES));
  return Array.from({ length }, (_, i) => last - (length - 1 - i) * MINUTE_MS);
};

const describe = (definition: AlarmDefinition, changes: readonly AlarmChange[]): AlarmStatus => {
  const last = changes.findLast(({ alarm }) => alarm === definition.name);
  return {
    definition,
    state: last?.to ?? 'INSUFFICIENT_DATA',
    reason: last?.reason ?? 'It has not been evaluated with data yet.',
    since: last?.time,
  };
};

const findChange = (
  { definition, state: from }: AlarmStatus,
  { state: to, reason }: ReturnType<typeof evaluateAlarm>,
  time: number,
): AlarmChange[] =>
  to === undefined || to === from ? [] : [{ alarm: definition.name, time, from, to, reason }];
