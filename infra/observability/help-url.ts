import type { Construct } from 'constructs';
import { dashboardUrl } from './console-url.ts';
import { nameDashboard } from './dashboard.ts';

/**
 * The address of an alarm's section in the runbook; without a runbook, that of the dashboard, whose
 * last table says briefly what to do.
 */
export const resolveHelpUrl =
  (scope: Construct, counterName: string, runbookUrl: string | undefined) =>
  (alarmName: string): string =>
    runbookUrl === undefined
      ? dashboardUrl(scope, nameDashboard(counterName))
      : `${runbookUrl}#${alarmName}`;
