import type { Query } from '../queries/query.ts';
import type { Comparison } from './comparison.ts';

/**
 * How an alarm treats missing data points.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export type MissingData = 'breaching' | 'ignore' | 'missing' | 'notBreaching';

/** When an alarm goes off. */
export interface AlarmRule {
  readonly comparison: Comparison;
  readonly threshold: number;
  /** It goes off when this many data points breach the threshold… */
  readonly datapointsToAlarm: number;
  /** …of as many as these. */
  readonly evaluationPeriods: number;
  readonly missingData: MissingData;
}

/** An alarm of a template. */
export interface AlarmDefinition extends AlarmRule {
  readonly name: string;
  readonly description: string;
  /** What it observes, and what the expression of that refers to. */
  readonly observed: Query;
  readonly queries: readonly Query[];
}
