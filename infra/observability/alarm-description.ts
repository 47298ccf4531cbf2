import type { ComparisonOperator, IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
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
