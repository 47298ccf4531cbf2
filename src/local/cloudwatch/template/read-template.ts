import type { AlarmDefinition } from '../alarms/alarm-definition.ts';
import { readAlarm } from '../alarms/read-alarm.ts';
import type { Dashboard } from '../dashboard/dashboard.ts';
import { readDashboard } from '../dashboard/read-dashboard.ts';
import { type MetricFilter, readMetricFilter } from '../logs/metric-filter.ts';
import { createResolver, type Resolve } from './resolve-references.ts';

/** A template of CloudFormation. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
}

interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** What a template has for CloudWatch. */
export interface ObservedTemplate {
  readonly dashboards: readonly Dashboard[];
  readonly alarms: readonly AlarmDefinition[];
  readonly metricFilters: readonly MetricFilter[];
}

/**
 * The dashboards, alarms and metric filters of a template, whose references `resolve` replaces. Throws a
 * CloudWatchError for anything in them that the local CloudWatch does not know.
 */
export const readTemplate = ({ Resources }: Template, resolve: Resolve): ObservedTemplate => {
  const ofType = (type: string): unknown[] =>
    Object.values(Resources)
      .filter(({ Type }) => Type === type)
      .map(({ Properties }) => resolve(Properties));
  return {
    dashboards: ofType('AWS::CloudWatch::Dashboard').map(readDashboard),
    alarms: ofType(ALARM).map(readAlarm),
    metricFilters: ofType('AWS::Logs::MetricFilter').map(readMetricFilter),
  };
};

const ALARM = 'AWS::CloudWatch::Alarm';

/**
 * A resolver for a template, from the names of its resources; see `References.names`. It knows the ARNs of the alarms,
 * which must have names, without them.
 */
export const createTemplateResolver = (
  { Resources, Conditions = {} }: Template,
  names: Readonly<Record<string, string>>,
): Resolve => {
  const resolve = createResolver({ names, conditions: Conditions });
  const arns = Object.entries(Resources)
    .filter(([, { Type }]) => Type === ALARM)
    .map(([id, { Properties }]) => [`${id}.Arn`, arnOf(resolve(Properties?.AlarmName))]);
  return createResolver({
    names: { ...Object.fromEntries(arns), ...names },
    conditions: Conditions,
  });
};

const arnOf = (alarmName: unknown): string =>
  `arn:aws:cloudwatch:local:000000000000:alarm:${alarmName}`;
