import { expect, it } from 'vitest';
import { readMetricWidget } from '../../../../src/local/cloudwatch/dashboard/read-metric-widget.ts';

const METRIC = ['App', 'Visits', 'service', 'blog'];

const readMetrics = (metrics: readonly unknown[], properties: object = {}) =>
  readMetricWidget('a widget', { metrics, ...properties });

const rowOf = (row: readonly unknown[]) => readMetrics([row]).rows[0];

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
it('reads a metric, by default the average of five minutes', () => {
  expect(rowOf(METRIC)).toEqual({
    query: {
      ...{ kind: 'metric', id: 'row0', statistic: 'Average', period: 300 },
      metric: { namespace: 'App', name: 'Visits', dimensions: { service: 'blog' } },
    },
    ...{ label: 'Visits', color: undefined, side: 'left', isVisible: true },
  });
});

it('reads the options of a metric', () => {
  const look = { label: 'visits', color: '#1f77b4', yAxis: 'right', visible: false };
  expect(rowOf(['App', 'Visits', { id: 'v', stat: 'p99', period: 60, ...look }])).toMatchObject({
    query: { id: 'v', statistic: 'p99', period: 60, metric: { dimensions: {} } },
    ...{ label: 'visits', color: '#1f77b4', side: 'right', isVisible: false },
  });
});

it('reads an expression', () => {
  const rows = [[{ expression: 'v * 2', label: 'twice' }], [...METRIC, { id: 'v' }]];
  expect(readMetrics(rows)).toMatchObject({
    rows: [{ query: { kind: 'expression', expression: 'v * 2', period: 300 }, label: 'twice' }, {}],
  });
});

it('takes the period and the statistic of the widget for metrics that have none', () => {
  const rows = [METRIC, [...METRIC, { period: 60, stat: 'Maximum' }]];
  expect(readMetrics(rows, { period: 900, stat: 'Sum' })).toMatchObject({
    rows: [
      { query: { period: 900, statistic: 'Sum' } },
      { query: { period: 60, statistic: 'Maximum' } },
    ],
  });
});

it.each<[string, readonly unknown[], string]>([
  ['a shorthand', ['.', 'Visits'], 'cannot read the metric [".","Visits"]'],
  ['another shorthand', ['...', 'x'], 'cannot read the metric'],
  ['a dimension without value', ['App', 'Visits', 'service'], 'cannot read the metric'],
  ['a namespace only', ['App'], 'cannot read the metric'],
  ['a metric and an expression', ['App', 'Visits', { expression: '1' }], 'cannot read the metric'],
  ['an unknown option', [...METRIC, { accountId: '1' }], 'accountId'],
  ['an invalid color', [...METRIC, { color: 'red' }], 'color: expected a color such as #1f77b4'],
  ['a computed label', [...METRIC, { label: `\${AVG}` }], 'label: a label with a placeholder'],
  ['an unknown statistic', [...METRIC, { stat: 'tm90' }], 'The statistic tm90 is unknown'],
  ['an invalid id', [...METRIC, { id: 'V' }], 'id: expected a lowercase letter'],
  ['an unknown function', [{ expression: 'SEARCH(x)' }], 'the unknown function SEARCH'],
])('refuses a metric with %s', (_, row, named) => {
  expect(() => readMetrics([row])).toThrow(named);
});
