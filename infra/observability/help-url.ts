import type { Construct } from 'constructs';
import { dashboardUrl } from '../console-url.ts';
import { nameDashboard } from './dashboard.ts';

/** Where the receiver of an alarm, by its name, reads what to do. */
export type HelpUrl = (alarmName: string) => string;

/**
 * The alarm's section of the owner's runbook; without a runbook the counter's dashboard, whose last
 * table says in short what to do.
 */
export const resolveHelpUrl =
  (scope: Construct, counterName: string, runbookUrl: string | undefined): HelpUrl =>
  (alarmName) =>
    runbookUrl === undefined
      ? dashboardUrl(scope, nameDashboard(counterName))
      : `${runbookUrl}#${alarmName}`;
