import type { Duration } from 'aws-cdk-lib';
import {
  ComparisonOperator,
  type IMetric,
  MathExpression,
  type TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Sources } from './sources.ts';

/** What goes off when, why it matters, and what to do then. */
export interface AlarmDescription {
  /** Kebab-case; the heading of its section in the runbook, too. */
  readonly name: string;
  readonly metric: (sources: Sources) => IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number | ((sources: Sources) => number);
  /** It goes off when this many of the latest `of` values of the metric are over the threshold. */
  readonly values: number;
  readonly of: number;
  readonly missing: TreatMissingData;
  /** Whether a counter has the alarm; undefined: each has. */
  readonly applies?: (sources: Sources) => boolean;
  readonly why: string;
  readonly whatToDo: string;
}

/** At the first value that is too high. */
export const AT_ONCE = {
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  values: 1,
  of: 1,
};

/** In two of three times five minutes; once alone is a retry that went well. */
export const REPEATEDLY = { ...AT_ONCE, threshold: 1, values: 2, of: 3 };

/** When nothing was there in any of `periods` periods. */
export const nothingFor = (periods: number) => ({
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  threshold: 1,
  values: periods,
  of: periods,
});

/** What the metrics add up to; one without a value counts as nothing. */
export const sum = (usingMetrics: Record<string, IMetric>, period: Duration): MathExpression =>
  new MathExpression({
    // With + the result would have no value either.
    expression: `SUM([${Object.keys(usingMetrics).join(', ')}])`,
    usingMetrics,
    period,
  });
