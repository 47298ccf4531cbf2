import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { FUNCTION_LIMITS } from '../../infra/props/function-limits.ts';
import { readDigestSettings } from '../../src/settings/digest-settings.ts';
import { FUNCTIONS } from '../../src/settings/function-name.ts';
import { findingsIn } from './findings.ts';
import { grantsOf } from './grants.ts';
import { addCounter, emptyStack, readTemplate, type Synthesis, synthesize } from './synthesize.ts';

const DIGEST = 'Functions/digest/';
const alarmEmail = 'me@example.com';
const without = synthesize({ alarmEmail });
const weekly = synthesize({ alarmEmail, digest: 'weekly' });

interface FunctionProperties {
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

const variablesIn = (synthesis: Synthesis) =>
  synthesis.properties<FunctionProperties>('AWS::Lambda::Function', `${DIGEST}Function`).Environment
    .Variables;

describe('without a digest', () => {
  it('the template is the same as with the digest off, and has nothing of it', () => {
    expect(synthesize({ alarmEmail, digest: 'off' }).text).toBe(without.text);
    expect(without.text).not.toMatch(/digest|GetMetricData/i);
  });
});

describe('with a weekly digest', () => {
  it('adds one function with its role and log, and its schedule', () => {
    const added = (type: string) => {
      const before = Object.keys(without.ofType(type));
      return Object.keys(weekly.ofType(type)).filter((path) => !before.includes(path));
    };
    expect(added('AWS::Lambda::Function')).toEqual([`${DIGEST}Function`]);
    expect(added('AWS::IAM::Role')).toEqual([`${DIGEST}Role`]);
    expect(added('AWS::Logs::LogGroup')).toEqual([`${DIGEST}Log`]);
    expect(added('AWS::Events::Rule')).toEqual(['DigestTime']);
    expect(added('AWS::CloudWatch::Alarm')).toEqual([]);
    expect(added('AWS::SNS::Topic')).toEqual([]);
    const resources = ({ text }: Synthesis) =>
      Object.keys((JSON.parse(text) as { Resources: object }).Resources);
    expect(resources(weekly)).toHaveLength(resources(without).length + 5);
  });

  it('allows the function to read counters and metrics and to publish to the topic, and nothing else', () => {
    expect(grantsOf(weekly, 'digest')).toEqual([
      'Allow dynamodb:GetItem Tables/Counts.Arn',
      'Allow cloudwatch:GetMetricData *',
      'Allow sns:Publish AlarmTopic',
      `Allow logs:CreateLogStream ${DIGEST}Log.Arn`,
      `Allow logs:PutLogEvents ${DIGEST}Log.Arn`,
    ]);
  });

  it('changes the permissions and the settings of no other function', () => {
    for (const name of FUNCTIONS) {
      expect(grantsOf(weekly, name)).toEqual(grantsOf(without, name));
      const path = `Functions/${name}/Function`;
      expect(weekly.properties('AWS::Lambda::Function', path).Environment).toEqual(
        without.properties('AWS::Lambda::Function', path).Environment,
      );
    }
    expect(weekly.outputs).toEqual(without.outputs);
  });

  it('gives the function the settings that it reads', () => {
    const functions = FUNCTIONS.map((name) => ({
      name: `Functions/${name}/Function`,
      megabytes: FUNCTION_LIMITS[name].memoryMegabytes,
    }));
    const variables = variablesIn(weekly);
    expect(variables).toEqual({
      SESSIONS_TABLE: 'Tables/Sessions',
      COUNTS_TABLE: 'Tables/Counts',
      COUNTER_NAME: 'blog',
      DIGEST: 'weekly',
      DIGEST_TOPIC: 'AlarmTopic',
      DIGEST_API_ID: 'Api/Http',
      DIGEST_FUNCTIONS: functions.map(({ name, megabytes }) => `${name}:${megabytes}`).join(','),
    });
    const deployed = JSON.parse(JSON.stringify(variables).replaceAll('/', '-'));
    expect(readDigestSettings(deployed)).toMatchObject({
      rhythm: 'weekly',
      functions: functions.map((one) => ({ ...one, name: one.name.replaceAll('/', '-') })),
    });
  });

  it('measures the function of the legacy route, too', () => {
    const legacy = synthesize({ alarmEmail, digest: 'weekly', legacyRoute: true });
    expect(variablesIn(legacy).DIGEST_FUNCTIONS).toMatch(/,Functions\/legacy\/Function:512$/);
  });

  it('tells the function which counters are watched', () => {
    const watching = synthesize({
      ...{ alarmEmail, digest: 'weekly', counters: ['about'] },
      watch: ['site', 'about'],
    });
    expect(variablesIn(watching).WATCHED_COUNTERS).toBe('site,about');
  });

  it('shows errors of the function on the dashboard, and links to its log', () => {
    const { DashboardBody } = weekly.properties<{ DashboardBody: string }>(
      'AWS::CloudWatch::Dashboard',
    );
    expect(DashboardBody).toContain(`${DIGEST}Function`);
    expect(DashboardBody).toMatch(/\[digest\]\(\S+Functions\/digest\/Log\)/);
  });
});

it.each([
  { digest: 'weekly', expression: 'cron(0 7 ? * MON *)' },
  { digest: 'monthly', expression: 'cron(0 7 1 * ? *)' },
] as const)('sends it $digest, after the audit', ({ digest, expression }) => {
  const synthesis = synthesize({ alarmEmail, digest });
  expect(synthesis.properties('AWS::Events::Rule', 'DigestTime')).toMatchObject({
    ScheduleExpression: expression,
    State: 'ENABLED',
    Targets: [{ Arn: `${DIGEST}Function.Arn` }],
  });
  expect(variablesIn(synthesis).DIGEST).toBe(digest);
});

it('publishes to a topic that exists already', () => {
  const stack = emptyStack();
  const arn = 'arn:aws:sns:eu-central-1:123456789012:mine';
  const alarmTopic = Topic.fromTopicArn(stack, 'Mine', arn);
  addCounter(stack, { alarmTopic, digest: 'monthly' });
  expect(grantsOf(readTemplate(stack), 'digest')).toContain(`Allow sns:Publish ${arn}`);
});

it('uses the customer managed key of the topic', () => {
  const keyArn = 'arn:aws-cn:kms:cn-north-1:123456789012:key/mine';
  const stack = emptyStack();
  const topicArn = 'arn:aws-cn:sns:cn-north-1:123456789012:mine';
  const alarmTopic = Topic.fromTopicAttributes(stack, 'Mine', { topicArn, keyArn });
  addCounter(stack, { alarmTopic, digest: 'weekly' });
  const uses = grantsOf(readTemplate(stack), 'digest').filter((one) => one.includes('kms:'));
  expect(uses).toEqual([`Allow kms:Decrypt ${keyArn}`, `Allow kms:GenerateDataKey ${keyArn}`]);
});

it('refuses a FIFO topic, to which nobody can subscribe with an e-mail address', () => {
  const stack = emptyStack();
  const alarmTopic = new Topic(stack, 'Mine', { fifo: true });
  expect(() => addCounter(stack, { alarmTopic, digest: 'weekly' })).toThrow(
    'digest must be off with a FIFO topic as alarmTopic, which sends no e-mail',
  );
});

it('violates no rule', () => {
  const stack = emptyStack({ checksRules: true });
  addCounter(stack, { alarmEmail, digest: 'weekly' });
  expect(findingsIn(stack)).toEqual([]);
});

it.each([
  { props: { digest: 'weekly' }, message: 'digest must be off without alarmEmail and alarmTopic' },
  {
    props: { digest: 'weekly', alarmEmail, alarms: false },
    message: 'digest must be off with alarms: false, because it goes to the topic of the alarms',
  },
  { props: { digest: 'daily', alarmEmail }, message: 'digest must be off or weekly or monthly' },
  {
    props: { reservedConcurrency: { digest: 1 } },
    message: 'reservedConcurrency must be set only for functions that are deployed; digest needs',
  },
])('refuses $props', ({ props, message }) => {
  expect(() => synthesize(props as object)).toThrow(message);
});
