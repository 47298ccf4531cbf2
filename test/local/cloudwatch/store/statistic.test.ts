import { expect, it } from 'vitest';
import {
  addAggregate,
  aggregateOf,
  createAggregate,
} from '../../../../src/local/cloudwatch/store/aggregate.ts';
import { findStatistic } from '../../../../src/local/cloudwatch/store/statistic.ts';

const statistic = (name: string, values: readonly number[]) => {
  const aggregate = createAggregate();
  for (const value of values) addAggregate(aggregate, aggregateOf(value));
  return findStatistic(name)(aggregate);
};

const TO_100 = Array.from({ length: 100 }, (_, i) => 100 - i);

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
it.each([
  ['SampleCount', [4, 1, 4], 3],
  ['Sum', [4, 1, 4], 9],
  ['Average', [4, 1, 4], 3],
  ['Minimum', [4, 1, 4], 1],
  ['Maximum', [4, 1, 4], 4],
  ['p50', TO_100, 50],
  ['p95', TO_100, 95],
  ['p99.9', TO_100, 100],
  ['p0', TO_100, 1],
  ['p100', TO_100, 100],
  ['p50', [7, 7, 7], 7],
  ['p50', [12_345, 1, 99_999], 12_300],
  ['p100', [12_345, 1], 12_345],
])('%s of %j is %d', (name, values, expected) => {
  expect(statistic(name, values)).toBe(expected);
});

it.each([1_234.567, 0.001_234_56, 987_654_321])(
  'keeps the percentile of %d within 0.5 %',
  (value) => {
    const found = statistic('p50', [0, value, value, value * 2]);
    expect(Math.abs((found ?? 0) / value - 1)).toBeLessThanOrEqual(0.005);
  },
);

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#Percentiles
it('has no percentile of a metric with negative values', () => {
  expect(statistic('p50', [-1, 2])).toBeUndefined();
});

it.each(['p101', 'p', 'sum', 'tm99', 'IQM', 'toString'])('refuses the statistic %s', (name) => {
  expect(() => findStatistic(name)).toThrow(
    `The statistic ${name} is unknown; expected one of Aver`,
  );
});
