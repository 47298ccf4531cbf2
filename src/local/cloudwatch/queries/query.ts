import type { StatisticQuery } from '../store/read-statistic.ts';

/** A statistic of a metric, to which expressions refer by the id. */
export interface MetricQuery extends StatisticQuery {
  readonly kind: 'metric';
  readonly id: string;
}

/** An expression of metric math, to which others may refer by the id. */
export interface ExpressionQuery {
  readonly kind: 'expression';
  readonly id: string;
  readonly expression: string;
  /** In seconds; it must be that of every metric in the expression. */
  readonly period: number;
}

/** What an alarm observes, or a widget shows. */
export type Query = MetricQuery | ExpressionQuery;
