import { Aws, Duration } from 'aws-cdk-lib';
import { type Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { countsCapacity, sessionsCapacity } from './capacity-rows.ts';
import * as rows from './dashboard-rows.ts';
import type { Sources } from './sources.ts';

const ROWS = [
  rows.bigNumbers,
  rows.counts,
  rows.visits,
  rows.api,
  rows.functions,
  rows.stream,
  sessionsCapacity,
  countsCapacity,
];

/** The dashboard of one counter, in the order in which a visit goes through it. */
export const addDashboard = (
  scope: Construct,
  name: string,
  { sources, alarms }: { sources: Sources; alarms: Alarm[] },
): Dashboard =>
  new Dashboard(scope, 'Dashboard', {
    // Unlike all else, the dashboards of all regions share their names.
    dashboardName: `${name}-${Aws.REGION}`,
    defaultInterval: Duration.days(1),
    widgets: [
      rows.heading(name),
      ...ROWS.map((row) => row(sources)),
      rows.verdict(sources, alarms),
    ],
  });
