import type { ShownSeries } from '../../cloudwatch/dashboard/show-dashboard.ts';
import type { AwsOnlyMetric } from '../dashboard-data.ts';

const CONSOLE =
  /(^|\.)console\.(aws\.amazon\.com|amazonaws\.cn|amazonaws-us-gov\.com|amazonaws-eusc\.eu)$/;

/** Whether an address is one of the AWS console, which knows nothing of the local run. */
export const isConsoleUrl = (url: string): boolean => CONSOLE.test(URL.parse(url)?.hostname ?? '');

/** The first of the metrics in `onAwsOnly` from which a series comes; undefined if there is none. */
export const findAwsOnly = (
  { metrics }: Pick<ShownSeries, 'metrics'>,
  onAwsOnly: readonly AwsOnlyMetric[],
): AwsOnlyMetric | undefined =>
  onAwsOnly.find(({ namespace, name }) =>
    metrics.some((metric) => metric.namespace === namespace && metric.name === name),
  );
