import { describe, expect, it } from 'vitest';
import { DEPLOYMENTS, longestTemplate, propertiesOf } from './longest-template.ts';

interface PolicyLists {
  readonly HeadersConfig?: { readonly Headers?: readonly string[] };
  readonly QueryStringsConfig?: { readonly QueryStrings?: readonly string[] };
}

interface PolicyConfig extends PolicyLists {
  readonly Name?: string;
  readonly Comment?: string;
  readonly ParametersInCacheKeyAndForwardedToOrigin?: PolicyLists;
}

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** The entries that are larger than `most`, by their names. */
const tooLarge = (sizes: readonly (readonly [name: string, size: number])[], most: number) =>
  sizes.filter(([, size]) => size > most);

describe.each(DEPLOYMENTS)('with $name', ({ props }) => {
  const template = longestTemplate(props);

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  it('the template fits into CloudFormation', () => {
    const { Resources, Outputs } = template;
    expect(sizeOf(template)).toBeLessThan(1_000_000);
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(500);
    expect(Object.keys(Outputs).length).toBeLessThanOrEqual(200);
    const ids = [...Object.keys(Resources), ...Object.keys(Outputs)];
    expect(ids.filter(({ length }) => length > 255)).toEqual([]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
  it('the environment of each function fits into 4 KB', () => {
    const sizes = propertiesOf(template, 'AWS::Lambda::Function').map(
      ([id, { Environment }]) => [id, sizeOf(Environment ?? {})] as const,
    );
    expect(sizes.length).toBeGreaterThanOrEqual(7);
    expect(Math.max(...sizes.map(([, size]) => size))).toBeGreaterThan(500);
    expect(tooLarge(sizes, 4_096)).toEqual([]);
  });

  // White space does not count. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  it('the inline policies of each role fit into 10,240 characters', () => {
    const sizes = propertiesOf(template, 'AWS::IAM::Role').map(
      ([id, { Policies }]) => [id, sizeOf(Policies)] as const,
    );
    expect(sizes.length).toBeGreaterThanOrEqual(7);
    expect(tooLarge(sizes, 10_240)).toEqual([]);
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
  ])('each %s has a %s of at most %i characters', (type, property, most) => {
    const lengths = propertiesOf(template, type).map(
      ([id, { [property]: text = '' }]) => [id, String(text).length] as const,
    );
    expect(lengths.length).toBeGreaterThan(0);
    expect(tooLarge(lengths, most)).toEqual([]);
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  it('each alarm has at most five actions, and a day of periods', () => {
    const alarms = propertiesOf(template, 'AWS::CloudWatch::Alarm');
    expect(alarms.length).toBeGreaterThanOrEqual(10);
    for (const [, { AlarmActions = [], Period, EvaluationPeriods }] of alarms) {
      expect((AlarmActions as unknown[]).length).toBeLessThanOrEqual(5);
      expect(Number(EvaluationPeriods) * Number(Period)).toBeLessThanOrEqual(86_400);
    }
  });
});

describe('at the edge of CloudFront, with everything', () => {
  const template = longestTemplate(DEPLOYMENTS[1]?.props ?? {});
  const configsOf = (type: string, key: string) =>
    propertiesOf(template, type).map(([, values]) => values[key] as PolicyConfig);

  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-policies
  it('each policy has at most ten headers and ten parameters, whose names have 1,024 characters', () => {
    const listed = [
      ...configsOf('AWS::CloudFront::CachePolicy', 'CachePolicyConfig').map(
        ({ ParametersInCacheKeyAndForwardedToOrigin }) => ParametersInCacheKeyAndForwardedToOrigin,
      ),
      ...configsOf('AWS::CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig'),
    ].map((lists) => ({
      headers: lists?.HeadersConfig?.Headers ?? [],
      parameters: lists?.QueryStringsConfig?.QueryStrings ?? [],
    }));
    expect(listed).toHaveLength(3);
    expect(Math.max(...listed.map(({ headers }) => headers.length))).toBe(10);
    for (const { headers, parameters } of listed) {
      expect(headers.length).toBeLessThanOrEqual(10);
      expect(parameters.length).toBeLessThanOrEqual(10);
      expect([...headers, ...parameters].join('').length).toBeLessThanOrEqual(1_024);
    }
  });

  // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
  it.each([
    ['AWS::CloudFront::CachePolicy', 'CachePolicyConfig', 'Name', 128],
    ['AWS::CloudFront::OriginRequestPolicy', 'OriginRequestPolicyConfig', 'Name', 128],
    ['AWS::CloudFront::Function', 'FunctionConfig', 'Comment', 128],
  ] as const)('each %s has a %s.%s of at most %i characters', (type, config, property, most) => {
    const texts = configsOf(type, config).map(({ [property]: text }) => String(text));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter(({ length }) => length > most)).toEqual([]);
  });

  it('the function that takes the prefix off has a name of at most 64 characters, and 10 KB', () => {
    const functions = propertiesOf(template, 'AWS::CloudFront::Function');
    expect(functions).toHaveLength(1);
    for (const [, { Name, FunctionCode }] of functions) {
      expect(String(Name).length).toBeLessThanOrEqual(64);
      expect(String(FunctionCode).length).toBeLessThan(10_240);
    }
  });
});
