import { expect, it } from 'vitest';
import { readEmbeddedMetrics } from '../../../../src/local/cloudwatch/logs/embedded-metrics.ts';

interface Parts {
  readonly aws?: object;
  readonly directive?: object;
  readonly members?: object;
}

const lineOf = ({ aws = {}, directive = {}, members = {} }: Parts = {}): string =>
  JSON.stringify({
    _aws: {
      Timestamp: 1_574_109_732_004,
      CloudWatchMetrics: [
        {
          Namespace: 'lambda-function-metrics',
          Dimensions: [['functionVersion']],
          Metrics: [{ Name: 'time', Unit: 'Milliseconds' }],
          ...directive,
        },
      ],
      ...aws,
    },
    functionVersion: '$LATEST',
    time: 100,
    requestId: '989ffbf8-9ace-4817-a57c-e4dd734019ee',
    ...members,
  });

const MEASUREMENT = {
  namespace: 'lambda-function-metrics',
  name: 'time',
  dimensions: { functionVersion: '$LATEST' },
  value: 100,
  unit: 'Milliseconds',
  time: 1_574_109_732_004,
};

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
it('reads the example of the specification', () => {
  expect(readEmbeddedMetrics(lineOf())).toEqual([MEASUREMENT]);
});

it('measures once for each set of dimensions, even an empty one', () => {
  const line = lineOf({
    directive: { Dimensions: [[], ['functionVersion', 'page']] },
    members: { page: 'home' },
  });
  expect(readEmbeddedMetrics(line)).toEqual([
    { ...MEASUREMENT, dimensions: {} },
    { ...MEASUREMENT, dimensions: { functionVersion: '$LATEST', page: 'home' } },
  ]);
});

it('measures each value of an array', () => {
  const values = readEmbeddedMetrics(lineOf({ members: { time: [3, 4] } }));
  expect(values.map(({ value }) => value)).toEqual([3, 4]);
});

it('has the unit None for a metric without one, and ignores the storage resolution', () => {
  const directive = { Metrics: [{ Name: 'time', StorageResolution: 1 }] };
  expect(readEmbeddedMetrics(lineOf({ directive }))).toEqual([{ ...MEASUREMENT, unit: 'None' }]);
});

it.each([
  ['no JSON', 'START RequestId: 1'],
  ['another line of a log', '{"level":"INFO"}'],
  ['a line that only mentions the format', '{"message":"\\"_aws\\""}'],
  ['a text', '"_aws"'],
])('finds nothing in %s', (_, line) => {
  expect(readEmbeddedMetrics(line)).toEqual([]);
});

it.each<[string, Parts, string]>([
  ['no timestamp', { aws: { Timestamp: undefined } }, '_aws.Timestamp'],
  ['a text as timestamp', { aws: { Timestamp: '2026' } }, '_aws.Timestamp'],
  ['no directives', { aws: { CloudWatchMetrics: {} } }, '_aws.CloudWatchMetrics'],
  ['an empty namespace', { directive: { Namespace: '' } }, 'Namespace'],
  ['no set of dimensions', { directive: { Dimensions: [] } }, 'Dimensions'],
  ['dimensions outside of a set', { directive: { Dimensions: ['a'] } }, 'Dimensions.0'],
  ['31 dimensions', { directive: { Dimensions: [Array(31).fill('a')] } }, 'Dimensions.0'],
  ['101 metrics', { directive: { Metrics: Array(101).fill({ Name: 'time' }) } }, 'Metrics'],
  ['an unknown unit', { directive: { Metrics: [{ Name: 'time', Unit: 'Hours' }] } }, 'Unit'],
  ['a missing dimension', { members: { functionVersion: undefined } }, 'functionVersion'],
  ['a dimension that is a number', { members: { functionVersion: 1 } }, 'functionVersion'],
  ['a missing metric', { members: { time: undefined } }, 'the metric time'],
  ['a metric that is a text', { members: { time: '100' } }, 'expected a number, or 1 to 100'],
  ['an array of 101 values', { members: { time: Array(101).fill(1) } }, 'the metric time'],
])('refuses a line with %s', (_, parts, named) => {
  expect(() => readEmbeddedMetrics(lineOf(parts))).toThrow(named);
});

it('refuses a line that is cut off', () => {
  expect(() => readEmbeddedMetrics(lineOf().slice(0, -1))).toThrow('it is not JSON');
});
