import type { Construct } from 'constructs';
import { dashboardUrl } from './console-url.ts';
import { nameDashboard } from './dashboard.ts';

/**
 * The alarm's section of the owner's runbook; without a runbook the counter's dashboard, whose last
 * table says in short what to do.
 */
export const resolveHelpUrl =
  (scope: Construct, counterName: string, runbookUrl: string | undefined) =>
  (alarmName: string): string =>
    runbookUrl === undefined
      ? dashboardUrl(scope, nameDashboard(counterName))
      : `${runbookUrl}#${alarmName}`;
