import { type AlarmChange, createAlarms } from '../../../../src/local/cloudwatch/alarms/alarms.ts';
import { readAlarm } from '../../../../src/local/cloudwatch/alarms/read-alarm.ts';
import { createMetricStore } from '../../../../src/local/cloudwatch/store/metric-store.ts';

export const MINUTE = 60_000;
export const NOON = Date.parse('2026-11-27T12:00:00Z');
const METRIC = { namespace: 'App', name: 'Errors', dimensions: {} };

const alarmOf = (properties: object = {}) =>
  readAlarm({
    AlarmName: 'errors',
    ...{ Namespace: 'App', MetricName: 'Errors', Statistic: 'Sum', Period: 60 },
    ...{ ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 3 },
    ...{ EvaluationPeriods: 3, TreatMissingData: 'notBreaching' },
    ...properties,
  });

/** An alarm that goes off when three of three values are at least 3, with a store of its own. */
export const alarmWorld = (properties: object = {}, earlier: readonly AlarmChange[] = []) => {
  const store = createMetricStore();
  const alarms = createAlarms([alarmOf(properties)], store, earlier);
  return {
    ...alarms,
    /** Measures values, the first one in the minute `from` after noon. */
    measure: (values: readonly number[], from = 0) => {
      for (const [i, value] of values.entries()) {
        store.put({ ...METRIC, value, unit: 'Count', time: NOON + (from + i) * MINUTE });
      }
    },
    /** The state after each of the minutes until `last` after noon. */
    statesUntil: (last: number) =>
      Array.from({ length: last }, (_, i) => {
        alarms.evaluate(NOON + (i + 1) * MINUTE);
        return alarms.statuses()[0]?.state;
      }),
  };
};
