import type { Query } from '../../cloudwatch/queries/query.ts';
import { formatPeriod } from './format.ts';

const describeValue = (query: Query): string =>
  query.kind === 'metric' ? query.statistic : query.expression;

/** The statistic or expression of a series and its period, such as `Sum · 5 min`. */
export const describeQuery = (query: Query): string =>
  `${describeValue(query)} · ${formatPeriod(query.period)}`;

/** What `describeQuery` says of several series, each part once: `p50, p99 · 5 min`. */
export const describeQueries = (queries: readonly Query[]): string => {
  const unique = (texts: readonly string[]): string => [...new Set(texts)].join(', ');
  const periods = unique(queries.map(({ period }) => formatPeriod(period)));
  return `${unique(queries.map(describeValue))} · ${periods}`;
};
