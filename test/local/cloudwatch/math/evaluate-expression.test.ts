import { expect, it } from 'vitest';
import { evaluateExpression } from '../../../../src/local/cloudwatch/math/evaluate-expression.ts';

type Values = readonly (number | '-')[];

const MINUTE = 60_000;

// The result with a value or `-` for each of the minutes in which the series have one.
const evaluate = (expression: string, values: Readonly<Record<string, Values>>) => {
  const length = Math.max(...Object.values(values).map((series) => series.length));
  const times = Array.from({ length }, (_, i) => i * MINUTE);
  const series = evaluateExpression(expression, {
    times,
    periodOf: (id) => (id in values ? 60 : undefined),
    seriesOf: (id) => values[id] && toSeries(values[id]),
  });
  return times.map((time) => series.get(time) ?? '-');
};

const toSeries = (values: Values) =>
  new Map(
    values.flatMap((value, i): [number, number][] => (value === '-' ? [] : [[i * MINUTE, value]])),
  );

const COMPARED = { metric1: [30, 20, 0, 0], metric2: [20, '-', 20, '-'] } as const;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-operators
it.each([
  ['(metric1 < metric2)', [0, 0, 1, 0]],
  ['(metric1 >= 30)', [1, 0, 0, 0]],
  ['(metric1 > 15 AND metric2 > 15)', [1, 0, 0, 0]],
])('compares as AWS documents: %s', (expression, expected) => {
  expect(evaluate(expression, COMPARED)).toEqual(expected);
});

const CHOSEN = {
  metric1: [1, 1, 0, 0, '-'],
  metric2: [30, '-', 0, 0, 30],
  metric3: [0, 0, 20, '-', 20],
} as const;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#using-IF-expressions
it.each([
  ['IF(metric1, metric2, metric3)', [30, 0, 20, '-', '-']],
  ['IF(metric1, 5, metric3)', [5, 5, 20, '-', '-']],
  ['IF(metric1, metric2, 5)', [30, 0, 5, 5, '-']],
  ['IF(1, metric2, metric3)', [30, '-', 0, 0, 30]],
  ['IF(0, metric2, metric3)', [0, 0, 20, '-', 20]],
  ['IF(0, metric2)', ['-', '-', '-', '-', '-']],
  ['IF(metric2<30, metric2)', ['-', '-', 0, 0, '-']],
  ['IF(metric2<30, 10, 2)', [2, '-', 10, 10, 2]],
])('chooses as AWS documents: %s', (expression, expected) => {
  expect(evaluate(expression, CHOSEN)).toEqual(expected);
});

const SPARSE = { m1: [10, '-', 40, 0], m2: [2, 5, '-', 0] } as const;

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-arithmetic
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list
it.each<[string, Values, string]>([
  ['m1 + m2', [12, 5, 40, 0], 'a missing value counts as 0'],
  ['m1 / m2', [5, 0, '-', '-'], 'a division by zero has no value'],
  ['m1 / PERIOD(m1) * 60', [10, '-', 40, 0], 'the period is in seconds'],
  ['5 * m1', [50, '-', 200, 0], 'a scalar adds no values'],
  ['-m1', [-10, '-', -40, 0], 'a minus'],
  ['m1 - MIN(m2)', [10, '-', 40, 0], 'the minimum of a series is a scalar'],
  ['m1 - AVG(m1)', [10 - 50 / 3, '-', 40 - 50 / 3, -50 / 3], 'so is its average'],
  ['m1 + MAX(m1)', [50, '-', 80, 40], 'so is its maximum'],
  ['m1 + SUM(m2)', [17, '-', 47, 7], 'so is its sum'],
  ['SUM([m1, m2])', [12, 5, 40, 0], 'the sum of a list is a series'],
  ['AVG([m1, m2])', [6, 2.5, 20, 0], 'its average counts a missing value as 0'],
  ['MAX([m1, m2])', [10, 5, 40, 0], 'its maximum is a series'],
  ['MIN([m1, m2])', [2, 5, 40, 0], 'its minimum is a series'],
  ['SUM(100 / [m2, m2])', [100, 40, '-', '-'], 'an operator applies to each series of a list'],
  ['FILL(m1, 7)', [10, 7, 40, 0], 'a scalar fills'],
  ['FILL(m1, m2)', [10, 5, 40, 0], 'a series fills'],
  ['FILL(m1, REPEAT)', [10, 10, 40, 0], 'the value before fills'],
  ['FILL(m2, REPEAT)', [2, 5, 5, 0], 'the latest value before'],
  ['FILL(m1, LINEAR)', [10, 25, 40, 0], 'an interpolation fills'],
  ['RATE(m1)', ['-', '-', 0.25, -40 / 60], 'the change per second since the value before'],
])('evaluates %s to %j: %s', (expression, expected) => {
  expect(evaluate(expression, SPARSE)).toEqual(expected);
});

const ONE = { m: [3] } as const;

it.each([
  ['m - 1 - 1', 1],
  ['m + 2 * 4 ^ 2', 35],
  ['2 ^ m ^ 2', 512],
  ['-m ^ 2', -9],
  ['(m + 2) * 4', 20],
  ['m == 3 && m != 4 || m > 100', 1],
  ['m > 5 OR m <= 2', 0],
  ['m == 3 OR m == 4 AND m == 5', 1],
  ['1e1 * m + 0.5', 30.5],
])('groups %s to %d', (expression, expected) => {
  expect(evaluate(expression, ONE)).toEqual([expected]);
});

it.each([
  ['m + STDDEV(m)', 'has the unknown function STDDEV (known are AVG, FILL, IF, MAX'],
  ['m + STDDEV(m)', 'at position 5.'],
  ['m + n', 'refers to the unknown id n at position 5.'],
  ['m % 2', 'has the unexpected character % at position 3.'],
  ['m +', 'has the end instead of a value at position 4.'],
  ['(m', 'has the end instead of ) at position 3.'],
  ['m m', 'has m instead of an operator at position 3.'],
  ['m + REPEAT', 'has the unknown keyword REPEAT at position 5.'],
  ['SUM(m, m)', 'has other arguments than SUM takes (2) at position 1.'],
  ['m + PERIOD(m + m)', 'has other arguments than PERIOD takes (1) at position 5.'],
  ['SUM()', 'has other arguments than SUM takes (0) at position 1.'],
  ['[m, m] + [m, m]', 'combines two lists by + at position 8.'],
  ['SUM([1])', 'has a list of other things than series at position 5.'],
  ['SUM(m)', 'results in a scalar instead of a single series at position 1.'],
  ['[m]', 'results in a list of series instead of a single series at position 1.'],
])('refuses %s: %s', (expression, problem) => {
  expect(() => evaluate(expression, ONE)).toThrow(problem);
});
