import type { Construct } from 'constructs';
import type { ResolvedProps } from '../props/resolve-props.ts';
import { dashboardUrl } from './console-url.ts';
import { nameDashboard } from './dashboard.ts';

/**
 * The address of an alarm's section in the runbook; without a runbook, that of the dashboard, whose
 * table of alarms says briefly what to do. Undefined when there is neither.
 */
export const resolveHelpUrl =
  (
    scope: Construct,
    { name, runbookUrl, hasDashboard }: Pick<ResolvedProps, 'name' | 'runbookUrl' | 'hasDashboard'>,
  ) =>
  (alarmName: string): string | undefined => {
    if (runbookUrl !== undefined) return `${runbookUrl}#${alarmName}`;
    return hasDashboard ? dashboardUrl(scope, nameDashboard(name)) : undefined;
  };
