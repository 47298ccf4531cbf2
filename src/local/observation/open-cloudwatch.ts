import {
  createLocalCloudWatch,
  type EarlierRun,
  type LocalCloudWatch,
} from '../cloudwatch/local-cloudwatch.ts';
import type { AwsOnlyMetric } from '../dashboard/dashboard-data.ts';
import type { TableNames } from '../database.ts';
import { type Observed, readObserved } from './observed.ts';
import { listAwsOnlyMetrics } from './read-metrics.ts';

/** CloudWatch, and the template that it is for. */
export interface OpenCloudWatch {
  readonly cloudWatch: LocalCloudWatch;
  readonly observed: Observed;
  readonly onAwsOnly: readonly AwsOnlyMetric[];
}

/**
 * CloudWatch for the template in `json`, which `infra/observed/main.ts` prints. Throws a CloudWatchError for anything in
 * the template that the local run does not know.
 */
export const openCloudWatch = (
  json: string,
  tables: TableNames,
  earlier?: EarlierRun,
): OpenCloudWatch => {
  const observed = readObserved(json, tables);
  const onAwsOnly = listAwsOnlyMetrics(observed);
  return { cloudWatch: createLocalCloudWatch(observed, earlier), observed, onAwsOnly };
};
