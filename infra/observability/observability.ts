import type { Alarm, Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { ResolvedProps } from '../props/resolve-props.ts';
import { addAlarms } from './alarms.ts';
import { addDashboard } from './dashboard.ts';
import { resolveHelpUrl } from './help-url.ts';
import type { Sources } from './sources.ts';

/** What observes a counter. */
export interface Observability {
  readonly alarms: readonly Alarm[];
  readonly dashboard: Dashboard | undefined;
}

/** Adds the alarms, which notify `topic`, and the dashboard, as far as the props do not turn them off. */
export const addObservability = (
  scope: Construct,
  sources: Sources,
  topic: ITopic | undefined,
  props: ResolvedProps,
): Observability => {
  const { name } = props;
  const helpUrl = resolveHelpUrl(scope, props);
  const alarms = props.hasAlarms
    ? addAlarms(scope, { sources, counterName: name, helpUrl, topic })
    : [];
  const dashboard = props.hasDashboard ? addDashboard(scope, name, { sources, alarms }) : undefined;
  return { alarms, dashboard };
};
