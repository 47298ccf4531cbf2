import { CloudWatchError } from '../cloudwatch/cloudwatch-error.ts';
import type { ShownDashboard } from '../dashboard/dashboard-data.ts';
import type { OpenCloudWatch } from './open-cloudwatch.ts';

/** The only dashboard of the template, with its data and the alarms. Throws a CloudWatchError if there is none. */
export const showDashboardData = (
  { cloudWatch, observed, onAwsOnly }: OpenCloudWatch,
  now: number,
  rangeMs?: number,
): ShownDashboard => {
  const [dashboard] = observed.dashboards;
  if (!dashboard) throw new CloudWatchError('The template has no dashboard; expected one.');
  const { name } = dashboard;
  return {
    ...{ name, now, rangeMs: rangeMs ?? dashboard.rangeMs },
    widgets: cloudWatch.show(name, now, rangeMs),
    alarms: cloudWatch.alarms.statuses(),
    changes: cloudWatch.alarms.history(),
    onAwsOnly,
  };
};
