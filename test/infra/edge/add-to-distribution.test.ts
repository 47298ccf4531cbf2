import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { expect, it } from 'vitest';
import type { SessionCounterProps } from '../../../infra/props/session-counter-props.ts';
import { addCounter, emptyApp, emptyStack, readTemplate, whileSynthesized } from '../synthesize.ts';
import { distributionOf } from './distribution-config.ts';

const addSite = (stack: Stack): Distribution =>
  new Distribution(stack, 'Site', {
    defaultBehavior: { origin: new HttpOrigin('origin.example.com') },
  });

const deploy = (props: SessionCounterProps, ...patterns: string[]) => {
  const stack = emptyStack();
  const counter = addCounter(stack, props);
  const site = addSite(stack);
  for (const pattern of patterns) counter.addToDistribution(site, pattern);
  return readTemplate(stack);
};

it('adds behaviors for the paths of the counter, visits before the rest', () => {
  const { CacheBehaviors, Origins } = distributionOf(deploy({}, '/counter/*'));
  expect(CacheBehaviors).toMatchObject([
    { PathPattern: '/counter/sessions*', CachePolicyId: 'Edge/Policies/Visits' },
    { PathPattern: '/counter/*', CachePolicyId: 'Edge/Policies/Reads' },
  ]);
  expect(CacheBehaviors.map(({ AllowedMethods }) => AllowedMethods.length)).toEqual([7, 2]);
  expect(Origins.map(({ OriginCustomHeaders = [] }) => OriginCustomHeaders.length)).toEqual([0, 1]);
});

it('counts and never caches a visit by the route of the Python counter', () => {
  const { CacheBehaviors } = distributionOf(deploy({ legacyRoute: true }, '/counter/*'));
  expect(
    CacheBehaviors.map(({ PathPattern, CachePolicyId }) => [PathPattern, CachePolicyId]),
  ).toEqual([
    ['/counter/sessions*', 'Edge/Policies/Visits'],
    ['/counter/', 'Edge/Policies/Visits'],
    ['/counter/*', 'Edge/Policies/Reads'],
  ]);
});

it('takes the prefix off each path of the counter, before the request is looked up in the cache', () => {
  const synthesis = deploy({ legacyRoute: true }, '/counter/*');
  const functions = synthesis.ofType('AWS::CloudFront::Function');
  expect(Object.values(functions).map(({ Properties }) => Properties)).toMatchObject([
    {
      FunctionCode: expect.stringContaining('var prefix = "/counter";'),
      FunctionConfig: { Runtime: 'cloudfront-js-2.0' },
      AutoPublish: true,
    },
  ]);
  const { CacheBehaviors } = distributionOf(synthesis);
  expect(CacheBehaviors).toHaveLength(3);
  for (const { FunctionAssociations } of CacheBehaviors) {
    expect(FunctionAssociations).toEqual([
      {
        EventType: 'viewer-request',
        FunctionARN: 'Edge/Strip:counter.FunctionARN',
      },
    ]);
  }
});

it('adds headers of security, and none that concerns the whole domain of the site', () => {
  const synthesis = deploy({}, '/counter/*');
  const { CacheBehaviors } = distributionOf(synthesis);
  expect(CacheBehaviors.map(({ ResponseHeadersPolicyId }) => ResponseHeadersPolicyId)).toEqual([
    ...['Edge/Headers', 'Edge/Headers'],
  ]);
  const { ResponseHeadersPolicyConfig } = synthesis.properties(
    'AWS::CloudFront::ResponseHeadersPolicy',
  );
  expect(ResponseHeadersPolicyConfig).toEqual({
    Name: expect.stringMatching(/-AWS::Region$/),
    SecurityHeadersConfig: {
      ContentTypeOptions: { Override: true },
      ReferrerPolicy: { Override: false, ReferrerPolicy: 'strict-origin-when-cross-origin' },
    },
  });
});

it('gives pages the path, because the site has the same domain', () => {
  expect(deploy({}, '/counter/*').outputs).toMatchObject({
    CounterApiUrl: '/counter',
    CounterHtml:
      '<script type="module" src="/counter/widget.js"></script><session-counter></session-counter>',
  });
});

it('shares secret and policies, and the function of a prefix, among several sites', () => {
  const stack = emptyStack();
  const counter = addCounter(stack);
  for (const [id, pattern] of [
    ['A', '/counter/*'],
    ['B', '/counter/*'],
    ['C', '/a/b/*'],
    ['D', '/a-b/*'],
  ] as const) {
    const site = new Distribution(stack, id, {
      defaultBehavior: { origin: new HttpOrigin('origin.example.com') },
    });
    counter.addToDistribution(site, pattern);
  }
  const { ofType } = readTemplate(stack);
  const countOf = (type: string) => Object.keys(ofType(type)).length;
  expect(countOf('AWS::SecretsManager::Secret')).toBe(1);
  expect(countOf('AWS::CloudFront::CachePolicy')).toBe(2);
  expect(countOf('AWS::CloudFront::Function')).toBe(3);
});

it('takes off each of two prefixes that differ in a slash only', () => {
  const synthesis = deploy({}, '/a/b/*', '/a-b/*');
  const codes = Object.values(synthesis.ofType('AWS::CloudFront::Function')).map(
    ({ Properties }) => /prefix = "(.*)"/.exec(String(Properties.FunctionCode))?.[1],
  );
  expect(codes.sort()).toEqual(['/a-b', '/a/b']);
  const used = distributionOf(synthesis).CacheBehaviors.map(
    ({ PathPattern, FunctionAssociations }) => [
      PathPattern,
      FunctionAssociations?.[0]?.FunctionARN,
    ],
  );
  expect(Object.fromEntries(used)).toMatchObject({
    '/a/b/*': 'Edge/Strip:a:b.FunctionARN',
    '/a-b/*': 'Edge/Strip:a-b.FunctionARN',
  });
});

it('reaches the API at its own domain if the other address is disabled', () => {
  const originOf = (disableDefaultEndpoint: boolean): string => {
    const stack = emptyStack();
    const certificate = Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:eu-central-1:123456789012:certificate/c',
    );
    const domainName = 'count.example.com';
    const counter = addCounter(stack, { domainName, certificate, disableDefaultEndpoint });
    counter.addToDistribution(addSite(stack), '/counter/*');
    return JSON.stringify(distributionOf(readTemplate(stack)).Origins[1]?.DomainName);
  };
  expect(originOf(true)).toBe('"count.example.com"');
  expect(originOf(false)).toContain('Api/Http.ApiEndpoint');
});

const EUROPE = { account: '123456789012', region: 'eu-central-1' };
const UNKNOWN = undefined;

it.each([
  { env: EUROPE, name: 'a known region' },
  { env: UNKNOWN, name: 'an unknown region' },
])('is part of a site in another stack, which depends on that of the counter: $name', ({ env }) => {
  const app = emptyApp();
  const counters = new Stack(app, 'Counters', { env });
  const sites = new Stack(app, 'Sites', { env });
  const site = addSite(sites);
  addCounter(counters).addToDistribution(site, '/counter/*');
  const [ofCounters, ofSites] = whileSynthesized(counters, () => [
    Template.fromStack(counters).toJSON(),
    Template.fromStack(sites).toJSON(),
  ]);
  expect(sites.dependencies).toEqual([counters]);
  expect(counters.dependencies).toEqual([]);
  expect(JSON.stringify(ofSites)).toContain('{{resolve:secretsmanager:');
  expect(JSON.stringify(ofCounters)).not.toContain('Fn::ImportValue');
  expect(ofCounters.Outputs.CounterApiUrl.Value).toBe('/counter');
});

it('keeps its address if a distribution is refused', () => {
  const app = emptyApp();
  const stack = new Stack(app, 'Counters', { env: EUROPE });
  const counter = addCounter(stack);
  const site = addSite(new Stack(app, 'Sites', { env: { ...EUROPE, region: 'us-east-1' } }));
  expect(() => counter.addToDistribution(site, '/counter/*')).toThrow(/^distribution must be/);
  expect(JSON.stringify(stack.resolve(counter.apiUrl))).toContain('ApiEndpoint');
});

it.each([
  { env: { ...EUROPE, region: 'us-east-1' } },
  { env: { ...EUROPE, account: '210987654321' } },
])('refuses a distribution in a stack of another place: $env', ({ env }) => {
  const app = emptyApp();
  const counter = addCounter(new Stack(app, 'Counters', { env: EUROPE }));
  const site = addSite(new Stack(app, 'Sites', { env }));
  expect(() => counter.addToDistribution(site, '/counter/*')).toThrow(
    'distribution must be in a stack of the region and account of the counter (eu-central-1, 123456789012), ' +
      `but it is "${env.region}, ${env.account}"`,
  );
});

it('adds nothing if the pattern is wrong', () => {
  const stack = emptyStack();
  const counter = addCounter(stack);
  const site = addSite(stack);
  expect(() => counter.addToDistribution(site, '/counter')).toThrow(/^pathPattern must be/);
  const { ofType, outputs } = readTemplate(stack);
  expect(ofType('AWS::SecretsManager::Secret')).toEqual({});
  expect(outputs.CounterApiUrl).toBe('Api/Http.ApiEndpoint');
});

it.each([
  { existing: '/counter/*', taken: '/counter/sessions' },
  { existing: 'counter/*', taken: '/counter/sessions' },
  { existing: '*.js', taken: '/counter/widget.js' },
  { existing: '/*/badge.???', taken: '/counter/badge.svg' },
  { existing: '/counter/', taken: '/counter/' },
])('refuses a path that the behavior $existing of the site takes first', ({ existing, taken }) => {
  const stack = emptyStack();
  const counter = addCounter(stack);
  const site = addSite(stack);
  site.addBehavior(existing, new HttpOrigin('origin.example.com'));
  expect(() => counter.addToDistribution(site, '/counter/*')).toThrow(
    'pathPattern must be for paths for which the distribution has no behavior yet; ' +
      `the behavior ${existing} serves ${taken}, `,
  );
  expect(readTemplate(stack).outputs.CounterApiUrl).toBe('Api/Http.ApiEndpoint');
});

it('adds several counters to one site, and none at the path of another', () => {
  const stack = emptyStack();
  const [one, other] = [addCounter(stack), addCounter(stack, { name: 'other' }, 'Other')];
  const site = addSite(stack);
  site.addBehavior('/counters/*.css', new HttpOrigin('origin.example.com'));
  one.addToDistribution(site, '/counter/*');
  expect(() => one.addToDistribution(site, '/counter/*')).toThrow(/^pathPattern must be/);
  expect(() => other.addToDistribution(site, '/counter/other/*')).toThrow(/^pathPattern must be/);
  other.addToDistribution(site, '/other/*');
  const { CacheBehaviors } = distributionOf(readTemplate(stack));
  expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
    ...['/counters/*.css', '/counter/sessions*', '/counter/*', '/other/sessions*', '/other/*'],
  ]);
});
