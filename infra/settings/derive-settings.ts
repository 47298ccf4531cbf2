import { LEGACY_PATH } from '../../src/http/paths.ts';
import { type Definition, SETTINGS } from '../../src/settings/definitions.ts';
import { HASH_KEY_TYPE } from '../hash-key-type.ts';
import { deriveActiveShards } from '../props/active-shards.ts';
import { deriveDomain } from './derive-domain.ts';
import { resourcesOf, type Template } from './template.ts';

/**
 * The settings of a stack whose version did not record them, derived from its resources. A value is
 * undefined when the template does not show it.
 */
export const deriveSettings = (template: Template): Record<string, unknown> => {
  const env = mergeEnvironments(template);
  // With existing tables, only the key shows it.
  const [, kept] =
    [
      ...resourcesOf(template, 'AWS::DynamoDB::Table'),
      ...resourcesOf(template, HASH_KEY_TYPE),
    ][0] ?? [];
  const variables = readVariables(env);
  const throttle = findThrottle(template);
  return {
    name: env.COUNTER_NAME,
    ...variables,
    activeShards: findActiveShards(variables, throttle),
    legacyRoute: hasLegacyRoute(template),
    batchingWindowSeconds: findBatchingWindow(template),
    ...throttle,
    dualStack: isDualStack(template),
    ...deriveDomain(template),
    alarms: resourcesOf(template, 'AWS::CloudWatch::Alarm').length > 0,
    dashboard: resourcesOf(template, 'AWS::CloudWatch::Dashboard').length > 0,
    alarmEmail: findEmail(template),
    digest: env.DIGEST ?? 'off',
    keepTables: kept && kept.DeletionPolicy === 'Retain',
    sessionsTableStream: findStream(template),
    countsTable: env.COUNTS_TABLE ?? null,
    runbookUrl: findRunbook(template),
  };
};

type Variables = Readonly<Record<string, string | undefined>>;

const readVariables = (env: Variables): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(SETTINGS).flatMap(([name, definition]) =>
      'fileName' in definition ? [[definition.fileName, toFileValue(definition, env[name])]] : [],
    ),
  );

const toFileValue = (definition: Definition, text: string | undefined): unknown => {
  if (text === undefined) return omittedValue(definition);
  if (definition.kind === 'origins') return text === '*' ? text : text.split(',');
  if (definition.kind === 'counters' || definition.kind === 'watched-counters')
    return text.split(',');
  if (definition.kind === 'switch') return text === 'true';
  if (definition.kind !== 'integer') return text;
  return text === '0' && definition.zero !== undefined ? definition.zero : Number(text);
};

// A deployment leaves the variable out if its value is the default, and so did versions without the setting.
const omittedValue = (definition: Definition): unknown =>
  definition.omitDefault && 'default' in definition ? definition.default : undefined;

// A reference to another resource is not a string, and not a setting of the file.
const mergeEnvironments = (template: Template): Variables => {
  const functions = resourcesOf(template, 'AWS::Lambda::Function');
  const variables = functions.flatMap(([, { Properties }]) =>
    Object.entries((Properties?.Environment as Environment | undefined)?.Variables ?? {}),
  );
  return Object.fromEntries(
    variables.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
};

interface Environment {
  readonly Variables?: Readonly<Record<string, unknown>>;
}

const hasLegacyRoute = (template: Template): boolean =>
  resourcesOf(template, 'AWS::ApiGatewayV2::Route').some(
    ([, { Properties }]) => Properties?.RouteKey === `ANY ${LEGACY_PATH}`,
  );

const findBatchingWindow = (template: Template): unknown => {
  const [, mapping] = resourcesOf(template, 'AWS::Lambda::EventSourceMapping')[0] ?? [];
  return mapping?.Properties?.MaximumBatchingWindowInSeconds;
};

// That of a table of the stack is a reference.
const findStream = (template: Template): string | null => {
  const [, mapping] = resourcesOf(template, 'AWS::Lambda::EventSourceMapping')[0] ?? [];
  const arn = mapping?.Properties?.EventSourceArn;
  return typeof arn === 'string' ? arn : null;
};

// Without the property, the API has IPv4 only.
const isDualStack = (template: Template): boolean =>
  resourcesOf(template, 'AWS::ApiGatewayV2::Api').some(
    ([, { Properties }]) => Properties?.IpAddressType === 'dualstack',
  );

interface RouteThrottle {
  readonly ThrottlingRateLimit?: number;
  readonly ThrottlingBurstLimit?: number;
}

const findThrottle = (template: Template) => {
  const [, stage] = resourcesOf(template, 'AWS::ApiGatewayV2::Stage')[0] ?? [];
  const routes = (stage?.Properties?.RouteSettings ?? {}) as Record<string, RouteThrottle>;
  const [route] = Object.values(routes);
  return { ratePerSecond: route?.ThrottlingRateLimit, burst: route?.ThrottlingBurstLimit };
};

// Null is what sets no number, so that it follows the throttle.
const findActiveShards = (
  { activeShards }: Record<string, unknown>,
  { ratePerSecond = 0 }: { readonly ratePerSecond: number | undefined },
): unknown => (activeShards === deriveActiveShards({ ratePerSecond }) ? null : activeShards);

const findEmail = (template: Template): unknown => {
  const subscriptions = resourcesOf(template, 'AWS::SNS::Subscription');
  const byEmail = subscriptions.find(([, { Properties }]) => Properties?.Protocol === 'email');
  return byEmail?.[1].Properties?.Endpoint ?? null;
};

// The description of each alarm ends with a link to its section.
const findRunbook = (template: Template): string | null => {
  const [, alarm] = resourcesOf(template, 'AWS::CloudWatch::Alarm')[0] ?? [];
  const text = String(alarm?.Properties?.AlarmDescription);
  return /(https?:\S+)#[\w-]+$/.exec(text)?.[1] ?? null;
};
