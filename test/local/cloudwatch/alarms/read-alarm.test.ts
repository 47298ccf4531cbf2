import { expect, it } from 'vitest';
import { evaluateAlarm } from '../../../../src/local/cloudwatch/alarms/evaluate-alarm.ts';
import { readAlarm } from '../../../../src/local/cloudwatch/alarms/read-alarm.ts';
import { createMetricStore } from '../../../../src/local/cloudwatch/store/metric-store.ts';

const RULE = {
  AlarmName: 'errors',
  ComparisonOperator: 'GreaterThanThreshold',
  Threshold: 0.5,
  EvaluationPeriods: 1,
};

const METRIC = { Namespace: 'App', MetricName: 'Errors', Statistic: 'Sum', Period: 60 };

const statOf = (Id: string, MetricName: string, other: object = {}) => ({
  ...{ Id, ReturnData: false },
  MetricStat: { Metric: { Namespace: 'App', MetricName }, Period: 60, Stat: 'Sum' },
  ...other,
});

const RATIO = [
  { Id: 'ratio', Expression: 'errors / calls', Label: 'errors per call' },
  statOf('errors', 'Errors'),
  statOf('calls', 'Calls'),
];

it('reads an alarm on a metric', () => {
  const Dimensions = [{ Name: 'service', Value: 'blog' }];
  const query = {
    ...{ kind: 'metric', id: 'm1', statistic: 'Sum', period: 60 },
    metric: { namespace: 'App', name: 'Errors', dimensions: { service: 'blog' } },
  };
  expect(readAlarm({ ...RULE, ...METRIC, Dimensions, AlarmActions: ['topic'] })).toEqual({
    ...{ name: 'errors', description: '', comparison: '>', threshold: 0.5 },
    ...{ evaluationPeriods: 1, datapointsToAlarm: 1, missingData: 'missing' },
    ...{ observed: query, queries: [query] },
  });
});

it('reads the numbers of data points, the treatment of missing data and the description', () => {
  const numbers = { EvaluationPeriods: 3, DatapointsToAlarm: 2 };
  const properties = { TreatMissingData: 'breaching', AlarmDescription: 'Look here.' };
  expect(readAlarm({ ...RULE, ...METRIC, ...numbers, ...properties })).toMatchObject({
    ...{ evaluationPeriods: 3, datapointsToAlarm: 2 },
    ...{ missingData: 'breaching', description: 'Look here.' },
  });
});

it('needs every data point to go off, unless the alarm says otherwise', () => {
  const alarm = readAlarm({ ...RULE, ...METRIC, EvaluationPeriods: 3 });
  expect(alarm.datapointsToAlarm).toBe(3);
});

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
it('ignores missing data of DynamoDB, unless the alarm says otherwise', () => {
  const ofDynamoDB = { ...RULE, ...METRIC, Namespace: 'AWS/DynamoDB' };
  expect(readAlarm(ofDynamoDB).missingData).toBe('ignore');
  const treated = { ...ofDynamoDB, TreatMissingData: 'notBreaching' };
  expect(readAlarm(treated).missingData).toBe('notBreaching');
});

it.each([
  ['GreaterThanOrEqualToThreshold', ['OK', 'ALARM', 'ALARM']],
  ['GreaterThanThreshold', ['OK', 'OK', 'ALARM']],
  ['LessThanOrEqualToThreshold', ['ALARM', 'ALARM', 'OK']],
  ['LessThanThreshold', ['ALARM', 'OK', 'OK']],
])('compares as %s says', (ComparisonOperator, expected) => {
  const alarm = readAlarm({ ...RULE, ...METRIC, ComparisonOperator, Threshold: 5 });
  const states = [4, 5, 6].map((value) => {
    const store = createMetricStore();
    store.put({ namespace: 'App', name: 'Errors', dimensions: {}, value, unit: 'Count', time: 0 });
    return evaluateAlarm(alarm, store, 60_000).state;
  });
  expect(states).toEqual(expected);
});

it('evaluates an expression', () => {
  const alarm = readAlarm({ ...RULE, Metrics: RATIO });
  const store = createMetricStore();
  const values = [
    ['Errors', 3],
    ['Calls', 4],
  ] as const;
  for (const [name, value] of values) {
    store.put({ namespace: 'App', name, dimensions: {}, value, unit: 'Count', time: 0 });
  }
  expect(evaluateAlarm(alarm, store, 60_000)).toEqual({
    state: 'ALARM',
    reason: '1 of 1 data points are > 0.5; 1 would be an alarm. Values: 0.75.',
  });
});

it('evaluates a percentile', () => {
  const properties = { ...METRIC, Statistic: undefined, ExtendedStatistic: 'p99' };
  expect(readAlarm({ ...RULE, ...properties }).observed).toMatchObject({ statistic: 'p99' });
});

it.each<[string, object, string]>([
  ['an unknown property', { ...METRIC, EvaluateLowSampleCountPercentile: 'ignore' }, 'EvaluateLow'],
  ['an unknown comparison', { ...METRIC, ComparisonOperator: 'Is' }, 'ComparisonOperator'],
  ['an unknown treatment', { ...METRIC, TreatMissingData: 'x' }, 'TreatMissingData'],
  ['an unknown statistic', { ...METRIC, Statistic: 'Median' }, 'The statistic Median is unknown'],
  ['a period of high resolution', { ...METRIC, Period: 10 }, 'Period'],
  ['no metric', {}, 'needs either Metrics or Namespace'],
  ['a metric and an expression', { ...METRIC, Metrics: RATIO }, 'needs either Metrics or'],
  ['too many data points', { ...METRIC, DatapointsToAlarm: 2 }, 'more data points than it'],
  ['more than a day', { ...METRIC, Period: 3_600, EvaluationPeriods: 25 }, 'more than a day'],
  ['an unknown function', { Metrics: [{ Id: 'e', Expression: 'X(m)' }, statOf('m', 'M')] }, 'X'],
  ['an unknown id', { Metrics: [{ Id: 'e', Expression: 'n + 1' }, statOf('m', 'M')] }, 'id n'],
  ['nothing to observe', { Metrics: [statOf('m', 'M')] }, 'Exactly one of the Metrics'],
  [
    'two to observe',
    { Metrics: ['m', 'n'].map((id) => statOf(id, 'M', { ReturnData: true })) },
    '2',
  ],
  ['a query of nothing', { Metrics: [{ Id: 'e' }] }, 'needs either Expression or MetricStat'],
])('refuses an alarm with %s', (_, properties, named) => {
  expect(() => readAlarm({ ...RULE, ...properties })).toThrow(named);
});
