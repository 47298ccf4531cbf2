import { CloudWatchError } from '../cloudwatch-error.ts';
import { evaluateExpression } from '../math/evaluate-expression.ts';
import type { Series } from '../math/series.ts';
import type { DataPoint } from '../metric.ts';
import { createMetricStore, type MetricStore } from '../store/metric-store.ts';
import type { Range } from '../store/read-statistic.ts';
import type { ExpressionQuery, Query } from './query.ts';

/** Where the answers come from. */
export interface QuerySource {
  readonly store: Pick<MetricStore, 'read'>;
  /** The range of queries with that period, in seconds. */
  readonly rangeOf: (period: number) => Range;
}

/**
 * The data points of one of the queries, in order of time. Throws a CloudWatchError for an unknown statistic or
 * function, for an expression that refers to itself, and for one whose metrics have another period.
 */
export const answerQuery = (
  query: Query,
  queries: readonly Query[],
  source: QuerySource,
): DataPoint[] => {
  const { store, rangeOf } = source;
  if (query.kind === 'metric') return store.read(query, rangeOf(query.period));
  const series = answerExpression(query, queries, source);
  return [...series].map(([time, value]) => ({ time, value }));
};

/** Throws the CloudWatchError that `answerQuery` would throw for any of the queries. */
export const checkQueries = (queries: readonly Query[]): void => {
  const source = { store: createMetricStore(), rangeOf: () => ({ start: 0, end: 0 }) };
  for (const query of queries) answerQuery(query, queries, source);
};

const answerExpression = (
  query: ExpressionQuery,
  queries: readonly Query[],
  source: QuerySource,
): Series => {
  // Without itself, so that an expression that refers to itself refers to an unknown id.
  const others = queries.filter(({ id }) => id !== query.id);
  const find = (id: string) => others.find((other) => other.id === id);
  return evaluateExpression(query.expression, {
    seriesOf: (id) => {
      const found = find(id);
      if (!found) return undefined;
      checkPeriod(query, found);
      const points = answerQuery(found, others, source);
      return new Map(points.map(({ time, value }) => [time, value]));
    },
    periodOf: (id) => {
      const found = find(id);
      return found?.kind === 'metric' ? found.period : undefined;
    },
    times: timesOf(source.rangeOf(query.period), query.period),
  });
};

const checkPeriod = ({ id, expression, period }: ExpressionQuery, part: Query): void => {
  if (part.period === period) return;
  throw new CloudWatchError(
    `The expression ${id} (${expression}) has a period of ${period} s, but ${part.id} has one of ` +
      `${part.period} s; expected the same.`,
  );
};

const timesOf = ({ start, end }: Range, period: number): number[] =>
  Array.from(
    { length: Math.max(0, Math.ceil((end - start) / (period * 1_000))) },
    (_, i) => start + i * period * 1_000,
  );
