import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { DASHBOARD_BODY_SCHEMA } from './observability/dashboard-body-schema.ts';
import { addCounter, emptyStack, synthesize, templateOf } from './synthesize.ts';

const NAME = 'n'.repeat(64);
const COUNTERS = Array.from({ length: 31 }, (_, number) => `${number}`.padStart(64, 'c'));

/** Everything on, and every list as long as it may be. */
const LARGEST: SessionCounterProps = {
  ...{ name: NAME, counters: [...COUNTERS, 'p/*'], watch: COUNTERS.slice(0, 10) },
  ...{ legacyRoute: true, alarmEmail: 'me@example.com', digest: 'weekly' },
  ...{
    throttle: { ratePerSecond: 10_000, burst: 5_000 },
    runbookUrl: `https://${'r'.repeat(200)}`,
  },
  allowedOrigins: Array.from(
    { length: 11 },
    (_, number) => `https://${number}${'o'.repeat(50)}.example`,
  ),
};

const DEPLOYMENTS: [name: string, props: SessionCounterProps][] = [
  ['the defaults', {}],
  ['everything', LARGEST],
];

type Properties = Readonly<Record<string, unknown>>;
type Resource = { readonly Type: string; readonly Properties?: Properties };

const templates = new Map(
  DEPLOYMENTS.map(([name, props]) => {
    const stack = emptyStack();
    addCounter(stack, props);
    return [name, templateOf(stack).toJSON()];
  }),
);

const ofType = (deployment: string, type: string): [id: string, properties: Properties][] =>
  Object.entries<Resource>(templates.get(deployment)?.Resources ?? {})
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties]);

// The longest that a reference may become.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (stack names)
// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html (function names)
const STACK_NAME = 's'.repeat(128);
const longest = (deployment: string, id: string): string => {
  if (id === 'AWS::StackName') return STACK_NAME;
  if (id === 'AWS::Region') return 'ap-southeast-1';
  if (id === 'AWS::AccountId') return '111122223333';
  if (id === 'AWS::Partition') return 'aws-us-gov';
  const { Type = '' }: Partial<Resource> = templates.get(deployment)?.Resources[id] ?? {};
  // CloudFormation shortens the name of the stack where the name of a resource has to be shorter.
  return Type === 'AWS::Lambda::Function' ? 'f'.repeat(64) : `${STACK_NAME}-${id}-1A2B3C4D5E6F`;
};

/** A value as long as a deployment can make it. */
const spellOut = (deployment: string, value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((one) => spellOut(deployment, one));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Properties;
  if (typeof Ref === 'string') return longest(deployment, Ref);
  if (Array.isArray(attribute)) {
    return `arn:aws-us-gov:service:ap-southeast-1:111122223333:table/${longest(deployment, attribute[0])}`;
  }
  if (Array.isArray(join)) return (spellOut(deployment, join[1]) as string[]).join(join[0]);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, spellOut(deployment, inner)]),
  );
};

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

describe.each(DEPLOYMENTS)('with %s', (deployment) => {
  const dashboards = ofType(deployment, 'AWS::CloudWatch::Dashboard').map(([, { DashboardBody }]) =>
    JSON.parse(String(spellOut(deployment, DashboardBody))),
  );

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  it('a template fits into CloudFormation', () => {
    const { Resources, Outputs, Parameters = {}, ...template } = templates.get(deployment) ?? {};
    expect(sizeOf(templates.get(deployment))).toBeLessThan(1_000_000);
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
    expect(Object.keys(Outputs).length).toBeLessThanOrEqual(200);
    expect(Object.keys(Parameters).length).toBeLessThanOrEqual(200);
    expect(sizeOf(template.Description ?? '')).toBeLessThanOrEqual(1_024);
    for (const id of [...Object.keys(Resources), ...Object.keys(Outputs)]) {
      expect(id.length).toBeLessThanOrEqual(255);
    }
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  it('the environment of each function fits into 4 KB', () => {
    const functions = ofType(deployment, 'AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThanOrEqual(7);
    for (const [id, { Environment = {} }] of functions) {
      const { Variables = {} } = spellOut(deployment, Environment) as { Variables?: object };
      expect({ id, fits: sizeOf(Variables) <= 4_096 }).toEqual({ id, fits: true });
    }
  });

  // White space does not count. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  it('the inline policies of each role fit into 10,240 characters', () => {
    const roles = ofType(deployment, 'AWS::IAM::Role');
    expect(roles.length).toBeGreaterThanOrEqual(7);
    for (const [id, { Policies }] of roles) {
      expect({ id, fits: sizeOf(spellOut(deployment, Policies)) <= 10_240 }).toEqual({
        id,
        fits: true,
      });
    }
  });

  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html
  // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
  // https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
  it.each([
    ['AWS::Lambda::Function', 'Description', 256],
    ['AWS::CloudWatch::Alarm', 'AlarmName', 255],
    ['AWS::CloudWatch::Alarm', 'AlarmDescription', 1_024],
    ['AWS::CloudWatch::Dashboard', 'DashboardName', 255],
    ['AWS::Events::Rule', 'Description', 512],
    ['AWS::ApiGatewayV2::Api', 'Name', 128],
    ['AWS::ApiGatewayV2::Api', 'Description', 1_024],
  ])('a %s has a %s of at most %i characters', (type, property, most) => {
    const resources = ofType(deployment, type);
    expect(resources.length).toBeGreaterThan(0);
    for (const [id, { [property]: text }] of resources) {
      const { length } = String(spellOut(deployment, text ?? ''));
      expect({ id, fits: length <= most }).toEqual({ id, fits: true });
    }
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  it('each alarm has at most ten metrics, five actions and a day of periods', () => {
    const alarms = ofType(deployment, 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThanOrEqual(10);
    for (const [, alarm] of alarms) {
      const metrics = (alarm.Metrics ?? []) as { MetricStat?: { Period: number } }[];
      const read = metrics.flatMap(({ MetricStat }) => MetricStat ?? []);
      const periods = [Number(alarm.Period ?? 0), ...read.map(({ Period }) => Period)];
      expect(read.length).toBeLessThanOrEqual(10);
      expect((alarm.AlarmActions as unknown[] | undefined)?.length ?? 0).toBeLessThanOrEqual(5);
      expect(Number(alarm.EvaluationPeriods) * Math.max(...periods)).toBeLessThanOrEqual(86_400);
    }
  });

  it('the dashboard is valid', () => {
    const validate = new Ajv({ allErrors: true }).compile(DASHBOARD_BODY_SCHEMA);
    expect(dashboards).toHaveLength(1);
    expect({ valid: validate(dashboards[0]), errors: validate.errors }).toEqual({
      valid: true,
      errors: null,
    });
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  it('the dashboard reads at most 2,500 metrics', () => {
    const entries = dashboards[0].widgets.flatMap(
      ({ properties }: { properties: { metrics?: unknown[] } }) => properties.metrics ?? [],
    );
    expect(entries.length).toBeGreaterThan(40);
    expect(entries.length).toBeLessThanOrEqual(2_500);
  });
});

describe('a free dashboard has at most 50 metrics: that', () => {
  interface Widget {
    readonly properties: { readonly metrics?: readonly (readonly unknown[])[] };
  }
  // Different ones: a metric with several statistics is one. Expressions are none.
  const metricsShown = (props: SessionCounterProps): number => {
    const { DashboardBody } = synthesize(props).properties<{ DashboardBody: string }>(
      'AWS::CloudWatch::Dashboard',
    );
    const { widgets }: { widgets: Widget[] } = JSON.parse(DashboardBody);
    const entries = widgets.flatMap(({ properties: { metrics = [] } }) => metrics);
    const names = entries.map((entry) => entry.filter((part) => typeof part === 'string'));
    return new Set(names.filter(({ length }) => length > 0).map((name) => name.join())).size;
  };

  // https://aws.amazon.com/cloudwatch/pricing/ (free tier)
  it.each([{}, { legacyRoute: true }, { alarmEmail: 'me@example.com', digest: 'weekly' }] as const)(
    'of a deployment with %o is free',
    (props) => {
      expect(metricsShown(props)).toBeGreaterThan(40);
      expect(metricsShown(props)).toBeLessThanOrEqual(50);
    },
  );

  // The setting `dashboard` says so.
  it.each([
    { counters: ['about'] },
    { legacyRoute: true, alarmEmail: 'me@example.com', digest: 'weekly' },
  ] as const)('of a deployment with %o is not', (props) => {
    expect(metricsShown(props)).toBeGreaterThan(50);
  });
});
