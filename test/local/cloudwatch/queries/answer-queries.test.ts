import { expect, it } from 'vitest';
import {
  answerQuery,
  checkQueries,
} from '../../../../src/local/cloudwatch/queries/answer-queries.ts';
import type { Query } from '../../../../src/local/cloudwatch/queries/query.ts';
import { createMetricStore } from '../../../../src/local/cloudwatch/store/metric-store.ts';

const metric = (id: string, period = 60): Query => ({
  kind: 'metric',
  metric: { namespace: 'App', name: id, dimensions: {} },
  ...{ id, period, statistic: 'Sum' },
});

const expression = (id: string, text: string, period = 60): Query => ({
  kind: 'expression',
  ...{ id, expression: text, period },
});

const MEASURED = { namespace: 'App', dimensions: {}, unit: 'Count' };

const answer = (...queries: [Query, ...Query[]]) => {
  const store = createMetricStore();
  for (const [i, value] of [6, 9].entries()) {
    store.put({ ...MEASURED, name: 'm1', value, time: i * 120_000 });
  }
  const rangeOf = () => ({ start: 0, end: 180_000 });
  return answerQuery(queries[0], queries, { store, rangeOf }).map(({ value }) => value);
};

it('answers a metric', () => {
  expect(answer(metric('m1'))).toEqual([6, 9]);
});

it('answers an expression of metrics and expressions', () => {
  const queries = [expression('e1', 'm1 * 2'), metric('m1')] as const;
  expect(answer(expression('e2', 'e1 + m1'), ...queries)).toEqual([18, 27]);
});

it('fills every period of the range', () => {
  expect(answer(expression('e1', 'FILL(m1, 0)'), metric('m1'))).toEqual([6, 0, 9]);
});

it.each<[string, Query[], string]>([
  ['itself', [expression('e1', 'e1 + 1')], 'the unknown id e1'],
  ['each other', [expression('e1', 'e2'), expression('e2', 'e1')], 'the unknown id e1'],
  ['another period', [expression('e1', 'm1'), metric('m1', 300)], 'm1 has one of 300 s'],
  [
    'the period of an expression',
    [expression('e1', 'm1 / PERIOD(e2)'), metric('m1'), expression('e2', 'm1')],
    'PERIOD',
  ],
])('refuses expressions with %s', (_, queries, problem) => {
  expect(() => checkQueries(queries)).toThrow(problem);
});

it('accepts queries that have an answer', () => {
  expect(() => checkQueries([metric('m1'), expression('e1', 'm1 / PERIOD(m1)')])).not.toThrow();
});
