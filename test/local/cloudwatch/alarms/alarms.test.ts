import { expect, it } from 'vitest';
import { HISTORY_MS } from '../../../../src/local/cloudwatch/alarms/alarms.ts';
import { alarmWorld, MINUTE, NOON } from './alarm-world.ts';

// The figure of https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html: the threshold is
// three; three of three data points breach it from the third to the fifth period, one in the ninth.
it('goes off and ends as in the figure of AWS', () => {
  const { measure, statesUntil } = alarmWorld({ ComparisonOperator: 'GreaterThanThreshold' });
  measure([1, 2, 4, 4, 4, 2, 2, 2, 4, 2]);
  const states = statesUntil(10);
  expect(states).toEqual(['OK', 'OK', 'OK', 'OK', 'ALARM', 'OK', 'OK', 'OK', 'OK', 'OK']);
});

// "At the end of minute 5 the alarm evaluates based on data from minutes 1 to 5. Then at the end of minute 6, … 2 to 6."
it('evaluates periods that slide by a minute', () => {
  const { measure, statesUntil } = alarmWorld({ Period: 300, EvaluationPeriods: 1 });
  measure([0, 2, 0, 0, 0, 1, 0, 0]);
  expect(statesUntil(7)).toEqual(['OK', 'OK', 'OK', 'OK', 'OK', 'ALARM', 'OK']);
});

// What was observed on AWS: https://github.com/guardian/cdk/pull/1063
it('counts neighbouring values once or twice, as its periods slide', () => {
  const { measure, statesUntil } = alarmWorld({
    ...{ Statistic: 'Maximum', Period: 300, Threshold: 1 },
    ...{ EvaluationPeriods: 12, DatapointsToAlarm: 2 },
  });
  measure(Array.from({ length: 70 }, (_, minute) => Number(minute === 7 || minute === 8)));
  expect(statesUntil(63).slice(-2)).toEqual(['OK', 'ALARM']);
});

it('does not use the minute that has not ended', () => {
  const { measure, evaluate, statuses } = alarmWorld({ EvaluationPeriods: 1 });
  measure([5]);
  evaluate(NOON + MINUTE - 1);
  expect(statuses()[0]?.state).toBe('OK');
  evaluate(NOON + MINUTE);
  expect(statuses()[0]?.state).toBe('ALARM');
});

it('keeps its state while missing data is ignored', () => {
  const { measure, statesUntil } = alarmWorld({ EvaluationPeriods: 1, TreatMissingData: 'ignore' });
  measure([5]);
  measure([1], 8);
  const states = statesUntil(9);
  expect(states).toEqual([...Array(8).fill('ALARM'), 'OK']);
});

it('has no data before the first evaluation', () => {
  expect(alarmWorld().statuses()).toMatchObject([{ state: 'INSUFFICIENT_DATA', since: undefined }]);
});

it('tells each change with its time and reason', () => {
  const { measure, statesUntil, history } = alarmWorld();
  measure([0, 0, 3, 4, 5, 1]);
  statesUntil(6);
  expect(history()).toEqual([
    {
      ...{ alarm: 'errors', time: NOON + MINUTE, from: 'INSUFFICIENT_DATA', to: 'OK' },
      reason:
        '0 of 3 data points are >= 3; 3 would be an alarm. Values: 0. Missing: 2, which count as not breaching.',
    },
    {
      ...{ alarm: 'errors', time: NOON + 5 * MINUTE, from: 'OK', to: 'ALARM' },
      reason: '3 of 3 data points are >= 3; 3 would be an alarm. Values: 3, 4, 5.',
    },
    {
      ...{ alarm: 'errors', time: NOON + 6 * MINUTE, from: 'ALARM', to: 'OK' },
      reason: '2 of 3 data points are >= 3; 3 would be an alarm. Values: 4, 5, 1.',
    },
  ]);
});

it('has the state, the time and the reason of the last change', () => {
  const { measure, statesUntil, statuses, history } = alarmWorld();
  measure([3, 4, 5]);
  statesUntil(4);
  const last = history().at(-1);
  expect(statuses()).toMatchObject([{ state: 'ALARM', since: last?.time, reason: last?.reason }]);
});

it('makes up for minutes without an evaluation', () => {
  const { measure, evaluate } = alarmWorld({ EvaluationPeriods: 1 });
  evaluate(NOON);
  measure([0, 5, 0, 0]);
  const changes = evaluate(NOON + 4 * MINUTE);
  expect(changes.map(({ time, to }) => [(time - NOON) / MINUTE, to])).toEqual([
    [2, 'ALARM'],
    [3, 'OK'],
  ]);
});

it('makes up for a day at most', () => {
  const { measure, evaluate } = alarmWorld({ EvaluationPeriods: 1 });
  evaluate(NOON);
  measure([0, 5]);
  expect(evaluate(NOON + (5 + 24 * 60) * MINUTE)).toEqual([]);
});

it('does not evaluate a minute twice, or one before the last', () => {
  const { measure, evaluate } = alarmWorld({ EvaluationPeriods: 1 });
  evaluate(NOON + MINUTE);
  measure([5]);
  expect(evaluate(NOON + MINUTE + 59_999)).toEqual([]);
  expect(evaluate(NOON)).toEqual([]);
});

it('goes on evaluating when the clock was set back', () => {
  const { measure, evaluate } = alarmWorld({ EvaluationPeriods: 1 });
  evaluate(NOON + 24 * 60 * MINUTE);
  measure([0, 5]);
  evaluate(NOON);
  const changes = [1, 2].flatMap((minute) => evaluate(NOON + minute * MINUTE));
  expect(changes.map(({ time, to }) => [(time - NOON) / MINUTE, to])).toEqual([[2, 'ALARM']]);
});

it('continues with the state that an earlier run left', () => {
  const before = alarmWorld({ TreatMissingData: 'ignore' });
  before.measure([3, 4, 5]);
  before.statesUntil(3);
  const { evaluate, statuses } = alarmWorld({ TreatMissingData: 'ignore' }, before.history());
  evaluate(NOON + 10 * MINUTE);
  expect(statuses()[0]?.state).toBe('ALARM');
});

it('forgets changes after two weeks, but not the state', () => {
  const { measure, statesUntil, evaluate, history, statuses } = alarmWorld({
    EvaluationPeriods: 1,
    TreatMissingData: 'ignore',
  });
  measure([0, 5]);
  statesUntil(2);
  evaluate(NOON + HISTORY_MS + 3 * MINUTE);
  expect(history().map(({ to }) => to)).toEqual(['ALARM']);
  expect(statuses()[0]?.state).toBe('ALARM');
});
