import { Lazy } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import type { Alarm, Dashboard, Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { ActiveShards } from './active-shards.ts';
import type { Api } from './api.ts';
import { describeNamesakes } from './describe-namesakes.ts';
import { referToDigest } from './digest.ts';
import { type Serving, serveCounter } from './edge/serve-counter.ts';
import { listEnvironments, mergeEnvironments } from './environments.ts';
import { addFunctions, type Functions } from './functions.ts';
import { dependOnKey, resolveHashKey } from './hash-key.ts';
import { resolveAlarmTopic } from './observability/alarm-topic.ts';
import { MeteredCounter } from './observability/metered-counter.ts';
import { addObservability } from './observability/observability.ts';
import { listSources } from './observability/sources.ts';
import { countThrottledRequests } from './observability/throttled-requests.ts';
import { addOutputs } from './outputs.ts';
import { grantCountReads, listPermissions } from './permissions.ts';
import { type ResolvedProps, resolveProps } from './props/resolve-props.ts';
import type { SessionCounterProps } from './props/session-counter-props.ts';
import { addSchedules } from './schedules.ts';
import { addStreamMapping, referToMapping } from './stream-mapping.ts';
import { Tables } from './tables.ts';

/**
 * A visitor counter for one site: tables, functions, API, dashboard and alarms. Another site takes
 * another construct, in the same stack if you like; the two share nothing.
 *
 * It adds outputs to its stack, or in a nested stack to the outermost one: the addresses of the API and
 * of the dashboard, the HTML for a page, and what the operator's commands need to find the counter with
 * `--stack`. Their keys begin with the path of the construct below the stack, letters and digits only:
 * `BlogApiUrl` for the construct `Blog`.
 *
 * @throws InvalidPropError that names the first invalid prop, or the function whose bundle is missing.
 * Synthesis fails if two counters in a stack have the same name.
 * @example
 * new SessionCounter(stack, 'Blog', { allowedOrigins: ['https://blog.example'] });
 */
export class SessionCounter extends MeteredCounter {
  /** The name of the counter in its metrics, dashboard and alarms. */
  readonly name: string;
  /**
   * The address of the counter for pages, without a trailing slash; only its path, such as `/counter`, after
   * `addToDistribution`.
   */
  readonly apiUrl: string;
  /** The public API with its stage, address and access log. */
  readonly api: Api;
  /** The HTTP API of `api`. */
  readonly httpApi: HttpApi;
  /** The table of the sessions, the table of the counts, and their maximum throughput. */
  readonly tables: Tables;
  /** The functions by name: ingest, projector, query, reporter, audit, legacy if it has a route, and digest if one is sent. */
  readonly functions: Functions;
  /** The parameter with the key of the session hash, generated or given, if it is in one. */
  readonly hashKeyParameter: IParameter | undefined;
  /** The secret with the key of the session hash, if one was given. */
  readonly hashKeySecret: ISecret | undefined;
  /** The CloudWatch dashboard; undefined with `dashboard: false`. */
  readonly dashboard: Dashboard | undefined;
  /** The alarms, such as for a composite alarm; empty with `alarms: false`. */
  readonly alarms: readonly Alarm[];
  /** The topic to which the alarms and the digest are published; undefined when they notify nobody. */
  readonly alarmTopic: ITopic | undefined;
  /** The distribution of CloudFront that the counter has with `edge`. */
  readonly distribution: Distribution | undefined;
  /** The settings of all functions, except for the names of the tables; without secrets. */
  readonly settings: Readonly<Record<string, string>>;
  /** The counters whose counts are metrics: the site's, and then the others in `watch`. */
  readonly watchedCounters: readonly string[];
  readonly #throttledRequests: Metric;
  readonly #serving: Serving;

  constructor(scope: Construct, id: string, props: SessionCounterProps = {}) {
    super(scope, id);
    const resolved = resolveProps(this, props);
    this.name = resolved.name;
    this.watchedCounters = resolved.watched;
    this.tables = new Tables(this, resolved);
    const hashKey = resolveHashKey(this, resolved);
    this.hashKeyParameter = hashKey.parameter;
    this.hashKeySecret = hashKey.secret;
    this.alarmTopic = resolveAlarmTopic(this, resolved);
    const streamMapping = referToMapping(() => mapping);
    const references = { hashKey, streamMapping, ...this.#listReferences(resolved) };
    const environments = listEnvironments(resolved, this.tables, references);
    this.settings = mergeEnvironments(environments);
    const permissions = listPermissions(this.tables, references, resolved);
    this.functions = addFunctions(this, { environments, permissions, ...resolved });
    dependOnKey(this.functions, hashKey);
    const mapping = addStreamMapping(this, { ...resolved, ...this.tables, ...this.functions });
    addSchedules(this, this.functions, resolved);
    this.#serving = serveCounter(this, resolved, { functions: this.functions, permissions });
    this.api = this.#serving.api;
    this.httpApi = this.api.http;
    this.apiUrl = this.#serving.url;
    this.distribution = this.#serving.distribution;
    this.#throttledRequests = countThrottledRequests(this, this.api.accessLog, this.name);
    const sources = listSources(this, this.#throttledRequests, resolved);
    const { alarms, dashboard } = addObservability(this, sources, this.alarmTopic, resolved);
    this.alarms = alarms;
    this.dashboard = dashboard;
    addOutputs(this, this);
    this.node.addValidation({ validate: () => describeNamesakes(this) });
  }

  /**
   * Allows the grantee to read both counts from the tables, and nothing else: the total by GetItem on
   * the counts table, the active sessions by Query on the index of the sessions table.
   */
  grantReadCounts(grantee: IGrantable): Grant {
    return grantCountReads(grantee, this.tables);
  }

  /**
   * Makes the counter a path of an existing site: adds behaviors for `pathPattern`, such as `/counter/*`, to its
   * distribution. From then on, the API refuses requests that do not come through CloudFront. The distribution must
   * be in a stack of the same region and account; in another stack, it must not be what the counter depends on.
   */
  addToDistribution(distribution: Distribution, pathPattern: string): void {
    this.#serving.addToDistribution(distribution, pathPattern);
  }

  /**
   * Requests that the API refused with 429 because of the throttle; too few during a flood, when API
   * Gateway does not log all of them.
   * Count; sum over 5 minutes. No value while there are none.
   */
  metricThrottledRequests(props: MetricOptions = {}): Metric {
    return this.#throttledRequests.with(props).attachTo(this);
  }

  #listReferences({ variables, bundleFolder, digest }: ResolvedProps) {
    const activeShards = variables.ACTIVE_SHARDS;
    const { alarmTopic, tables } = this;
    return {
      formerShards: new ActiveShards(this, { activeShards, tables, bundleFolder }).former,
      edgeSecretId: Lazy.string({ produce: () => this.#serving.findSecretArn() }),
      digest: digest && alarmTopic && referToDigest(alarmTopic, () => this),
    };
  }
}
