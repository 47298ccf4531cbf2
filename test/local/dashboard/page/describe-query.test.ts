import { expect, it } from 'vitest';
import type { Query } from '../../../../src/local/cloudwatch/queries/query.ts';
import {
  describeQueries,
  describeQuery,
} from '../../../../src/local/dashboard/page/describe-query.ts';

const metric = { namespace: 'App', name: 'Visits', dimensions: {} };
const statistic = (name: string, period = 300): Query => ({
  ...{ kind: 'metric', id: 'a', metric, statistic: name, period },
});

it('says the statistic, or the expression, and the period', () => {
  expect(describeQuery(statistic('Sum'))).toBe('Sum · 5 min');
  const expression: Query = { kind: 'expression', id: 'a', expression: 'b / 2', period: 86_400 };
  expect(describeQuery(expression)).toBe('b / 2 · 1 d');
});

it('says what several have in common only once', () => {
  const queries = [statistic('p50'), statistic('p99'), statistic('p99', 90)];
  expect(describeQueries(queries)).toBe('p50, p99 · 5 min, 90 s');
});
