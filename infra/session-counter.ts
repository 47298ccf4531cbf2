import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Api } from './api.ts';
import { listEnvironments, mergeEnvironments } from './environments.ts';
import { addFunctions, type Functions } from './functions.ts';
import { generateHashKey } from './hash-key.ts';
import { resolveAlarmTopic } from './observability/alarm-topic.ts';
import { addAlarms } from './observability/alarms.ts';
import { addDashboard } from './observability/dashboard.ts';
import { resolveHelpUrl } from './observability/help-url.ts';
import { counterMetrics } from './observability/metrics.ts';
import { countThrottledRequests } from './observability/throttled-requests.ts';
import { listPermissions } from './permissions.ts';
import { type ResolvedProps, resolveProps } from './props/resolve-props.ts';
import type { SessionCounterProps } from './props/session-counter-props.ts';
import { deriveTableLimits } from './props/table-limits.ts';
import { addSchedules } from './schedules.ts';
import { addStreamMapping, referToMapping } from './stream-mapping.ts';
import { Tables } from './tables.ts';

/**
 * A visitor counter for one site: tables, functions, API, dashboard and alarms. Another site takes
 * another construct; the two share nothing. Throws an InvalidPropError that names the first invalid
 * prop.
 *
 * @example
 * new SessionCounter(stack, 'Blog', { allowedOrigins: ['https://blog.example'] });
 */
export class SessionCounter extends Construct {
  /** Without a trailing slash. */
  readonly apiUrl: string;
  readonly tables: Tables;
  readonly functions: Functions;
  readonly dashboard: Dashboard;
  /** The settings of all functions, except for the names of the tables; without secrets. */
  readonly settings: Readonly<Record<string, string>>;
  /** Undefined when alarms notify nobody. */
  readonly alarmTopic: ITopic | undefined;

  constructor(scope: Construct, id: string, props: SessionCounterProps = {}) {
    super(scope, id);
    const resolved = resolveProps(this, props);
    const { name, throttle, auditSchedule, tableRemovalPolicy } = resolved;
    const limits = deriveTableLimits(throttle);
    this.tables = new Tables(this, { limits, removalPolicy: tableRemovalPolicy });
    const hashKey = this.#resolveHashKey(resolved);
    const references = { hashKey, streamMapping: referToMapping(() => mapping) };
    const environments = listEnvironments(resolved, this.tables, references);
    this.settings = mergeEnvironments(environments);
    this.functions = addFunctions(this, {
      environments,
      permissions: listPermissions(this.tables, references),
      ...resolved,
    });
    const mapping = addStreamMapping(this, this.tables.sessions, this.functions.projector);
    addSchedules(this, this.functions, auditSchedule);
    const api = new Api(this, { name, functions: this.functions, throttle });
    this.apiUrl = api.url;
    this.alarmTopic = resolveAlarmTopic(this, resolved);
    this.dashboard = this.#watch(api, resolved);
  }

  #resolveHashKey(props: ResolvedProps): ISecret | undefined {
    const { hasKey, hashKeySecret, tableRemovalPolicy } = props;
    if (!hasKey || hashKeySecret) return hashKeySecret;
    return generateHashKey(this, tableRemovalPolicy);
  }

  #watch({ http, accessLog }: Api, props: ResolvedProps): Dashboard {
    const { tables, functions, alarmTopic: topic } = this;
    const { name, throttle, isAuditDaily, runbookUrl } = props;
    const sources = {
      ...{ api: http, accessLog, functions, tables, throttle, isAuditDaily },
      metrics: counterMetrics(name),
      refusedByThrottle: countThrottledRequests(this, accessLog, name),
    };
    const helpUrl = resolveHelpUrl(this, name, runbookUrl);
    const alarms = addAlarms(this, { sources, counterName: name, helpUrl, topic });
    return addDashboard(this, name, { sources, alarms });
  }
}
