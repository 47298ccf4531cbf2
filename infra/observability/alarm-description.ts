import {
  ComparisonOperator,
  type IMetric,
  type TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Sources } from './sources.ts';

/** When an alarm goes off, why that matters, and what to do. */
export interface AlarmDescription {
  /** In kebab case; also the heading of its section in the runbook. */
  readonly name: string;
  readonly metric: (sources: Sources) => IMetric;
  readonly comparison: ComparisonOperator;
  readonly threshold: number | ((sources: Sources) => number);
  /** It goes off when this many of the latest `of` values of the metric breach the threshold. */
  readonly values: number;
  readonly of: number;
  readonly missing: TreatMissingData;
  /** Whether a counter has the alarm; undefined when every counter has it. */
  readonly applies?: (sources: Sources) => boolean;
  readonly why: string;
  readonly whatToDo: string;
}

/** At the first value that reaches the threshold. */
export const AT_ONCE = {
  comparison: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  values: 1,
  of: 1,
};

/** In two of three periods of five minutes; a single one is a retry that succeeded. */
export const REPEATEDLY = { ...AT_ONCE, threshold: 1, values: 2, of: 3 };

/** When the metric stayed below 1 for `periods` periods. */
export const nothingFor = (periods: number) => ({
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  threshold: 1,
  values: periods,
  of: periods,
});
