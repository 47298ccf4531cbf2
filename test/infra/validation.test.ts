import { Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { expect, it } from 'vitest';
import type { SessionCounterProps } from '../../infra/props/session-counter-props.ts';
import { findingsIn } from './findings.ts';
import { addCounter, emptyStack } from './synthesize.ts';

const acknowledgedIn = (stack: Stack): string[] =>
  stack.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(data))
      .map((rule) => `${construct.node.path}: ${rule}`),
  );

const certificateIn = (stack: Stack, region: string) =>
  Certificate.fromCertificateArn(stack, region, `arn:aws:acm:${region}:123456789012:certificate/c`);

const addSite = (stack: Stack): Distribution =>
  new Distribution(stack, 'Site', {
    defaultBehavior: { origin: new HttpOrigin('origin.example.com') },
  });

// The other tests synthesize with these props, but do not check the rules.
const listProps = (stack: Stack): SessionCounterProps[] => [
  { alarmEmail: 'me@example.com' },
  { alarmTopic: Topic.fromTopicArn(stack, 'Mine', 'arn:aws:sns:eu-central-1:123456789012:mine') },
  {
    hashKeyParameter: StringParameter.fromSecureStringParameterAttributes(stack, 'MyKey', {
      parameterName: '/my/key',
    }),
  },
  { hashScheme: 'sha256', retention: 'forever', runbookUrl: 'https://wiki.example/counter' },
  {
    hashKeySecret: Secret.fromSecretCompleteArn(
      stack,
      'Given',
      'arn:aws:secretsmanager:eu-central-1:123456789012:secret:key-AbCdEf',
    ),
    tableRemovalPolicy: RemovalPolicy.DESTROY,
  },
  {
    auditSchedule: Schedule.rate(Duration.days(7)),
    legacyRoute: true,
    reservedConcurrency: { projector: 4 },
    throttle: { ratePerSecond: 7, burst: 9 },
    batchingWindow: Duration.minutes(5),
  },
];

it('finds no violation in several counters with different props', () => {
  const stack = emptyStack({ checksRules: true });
  addCounter(stack);
  for (const [place, props] of listProps(stack).entries()) {
    addCounter(stack, { name: `shop-${place}`, ...props }, `Shop${place}`);
  }
  expect(findingsIn(stack)).toEqual([]);
});

it('finds no violation in counters with domains and edges', () => {
  const stack = emptyStack({ checksRules: true });
  const listed: SessionCounterProps[] = [
    { edge: true, legacyRoute: true },
    {
      ...{
        edge: true,
        domainName: 'count.example.com',
        certificate: certificateIn(stack, 'us-east-1'),
      },
      hostedZone: HostedZone.fromHostedZoneId(stack, 'Zone', 'Z1'),
    },
    {
      ...{ domainName: 'api.example.com', certificate: certificateIn(stack, 'eu-central-1') },
      ...{ disableDefaultEndpoint: true },
    },
  ];
  for (const [place, props] of listed.entries()) {
    addCounter(stack, { name: `edge-${place}`, ...props }, `Edge${place}`);
  }
  const site = addSite(stack);
  addCounter(stack, { name: 'path' }, 'Path').addToDistribution(site, '/counter/*');
  // What the owner of the site has to judge.
  for (const rule of ['CFR1', 'CFR2', 'CFR3', 'CFR4']) {
    Validations.of(site).acknowledge({ id: `AwsSolutions-${rule}`, reason: 'not of the counter' });
  }
  expect(findingsIn(stack)).toEqual([]);
});

it('acknowledges that anyone may count, and nothing else', () => {
  const stack = emptyStack();
  addCounter(stack);
  expect(acknowledgedIn(stack)).toEqual([
    'S/Counter/Api/Sessions: Annotation::AwsSolutions-APIG4',
    'S/Counter/Api/OwnSession: Annotation::AwsSolutions-APIG4',
    'S/Counter/Api/Counts: Annotation::AwsSolutions-APIG4',
    'S/Counter/Api/Default: Annotation::AwsSolutions-APIG4',
  ]);
});

it('acknowledges with a distribution of its own what a public and nearly free counter needs', () => {
  const stack = emptyStack();
  addCounter(stack, { edge: true });
  const acknowledged = acknowledgedIn(stack).filter((one) => !one.includes('/Api/'));
  expect(acknowledged).toEqual([
    'S/Counter/Edge/Secret: Annotation::AwsSolutions-SMG4',
    ...['CFR1', 'CFR2', 'CFR3', 'CFR4'].map(
      (rule) => `S/Counter/Edge/Distribution: Annotation::AwsSolutions-${rule}`,
    ),
  ]);
});

it('acknowledges with a distribution of another site only that its secret is rotated by hand', () => {
  const stack = emptyStack();
  addCounter(stack).addToDistribution(addSite(stack), '/counter/*');
  expect(acknowledgedIn(stack).filter((one) => !one.includes('/Api/'))).toEqual([
    'S/Counter/Edge/Secret: Annotation::AwsSolutions-SMG4',
  ]);
});

it('acknowledges with a digest that it may read every metric', () => {
  const stack = emptyStack();
  addCounter(stack, { alarmEmail: 'me@example.com', digest: 'weekly' });
  expect(acknowledgedIn(stack).filter((one) => !one.includes('/Api/'))).toEqual([
    'S/Counter/Functions/digest/Role: Annotation::AwsSolutions-IAM5[Resource::*]',
  ]);
});

it('would find a topic that accepts plain HTTP', () => {
  const stack = emptyStack({ checksRules: true });
  new Topic(stack, 'Planted');
  expect(findingsIn(stack)).toEqual(['AwsSolutions-SNS3']);
});

it('would find a function that CloudFormation rejects', () => {
  const stack = emptyStack({ checksRules: true });
  const role = 'arn:aws:iam::123456789012:role/planted';
  const code = { zipFile: 'exports.handler = () => {}' };
  const runtime = 'nodejs24.x';
  new CfnFunction(stack, 'Planted', {
    role,
    code,
    runtime,
    handler: 'index.handler',
    memorySize: 5,
  });
  expect(findingsIn(stack)).toEqual(['F3034']);
});
