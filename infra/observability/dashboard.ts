import { Aws, Duration } from 'aws-cdk-lib';
import { type Alarm, Dashboard, PeriodOverride } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { alarmRows, logLinks } from './alarm-rows.ts';
import { countsCapacity, sessionsCapacity } from './capacity-rows.ts';
import {
  apiHealth,
  bigNumbers,
  countsOverTime,
  drift,
  functionHealth,
  streamHealth,
  visitFlow,
} from './dashboard-rows.ts';
import { heading } from './heading.ts';
import type { Sources } from './sources.ts';
import { watchedCounts } from './watched-counts.ts';

const ROWS = [
  bigNumbers,
  countsOverTime,
  watchedCounts,
  visitFlow,
  apiHealth,
  functionHealth,
  streamHealth,
  sessionsCapacity,
  countsCapacity,
  drift,
];

/** The name of the dashboard. It has the region, because dashboard names are global in an account. */
export const nameDashboard = (counterName: string): string => `${counterName}-${Aws.REGION}`;

/**
 * Adds the dashboard of one deployment, in the order in which a visit passes through it. Without alarms, or watched
 * counters beside that of the site, it has no rows about them.
 */
export const addDashboard = (
  scope: Construct,
  name: string,
  { sources, alarms }: { sources: Sources; alarms: readonly Alarm[] },
): Dashboard =>
  new Dashboard(scope, 'Dashboard', {
    dashboardName: nameDashboard(name),
    defaultInterval: Duration.days(1),
    // Otherwise CloudWatch adapts the periods to the selected time range, which makes `today` and
    // `in 5 minutes` wrong.
    periodOverride: PeriodOverride.INHERIT,
    widgets: [
      heading(name, alarms.length > 0),
      ...ROWS.map((row) => row(sources)),
      ...(alarms.length > 0 ? alarmRows(alarms, sources).map((widget) => [widget]) : []),
      logLinks(scope, sources),
    ],
  });
