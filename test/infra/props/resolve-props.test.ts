import { Duration, Lazy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { expect, it } from 'vitest';
import { InvalidPropError } from '../../../infra/props/invalid-prop-error.ts';
import { resolveProps } from '../../../infra/props/resolve-props.ts';
import type { SessionCounterProps } from '../../../infra/props/session-counter-props.ts';
import { COUNTERS_RULE, WATCHED_RULE } from '../../../src/settings/counter-lists.ts';
import { emptyStack } from '../synthesize.ts';

const stack = emptyStack();
const resolve = (props: SessionCounterProps) => resolveProps(stack, props);
const parameter = StringParameter.fromStringParameterName(stack, 'Parameter', '/key');
const byName = Secret.fromSecretNameV2(stack, 'ByName', 'mine');

it('needs no prop', () => {
  expect(resolve({})).toMatchObject({
    variables: {
      ALLOWED_ORIGINS: '*',
      ACTIVE_WINDOW_MINUTES: '60',
      ACTIVE_SHARDS: '1',
      TOUCH_INTERVAL_SECONDS: '0',
      ACTIVE_READ_UNITS_PER_SECOND: '1',
      RETENTION_DAYS: '395',
      HASH_SCHEME: 'hmac-sha256',
      COUNTERS: '',
      MAX_COUNTERS: '1000',
      WATCHED_COUNTERS: 'site',
      NEW_SESSIONS_PER_HOUR: '30',
    },
    counters: { names: [], prefixes: [] },
    hasKey: true,
    hashKeyParameter: undefined,
    hashKeySecret: undefined,
    throttle: { ratePerSecond: 50, burst: 100 },
    tableRemovalPolicy: 'retain',
    reservedConcurrency: {},
    runbookUrl: undefined,
    isDualStack: true,
    hasAlarms: true,
    hasDashboard: true,
    existingTables: undefined,
    bundleFolder: undefined,
  });
});

it.each([
  { ratePerSecond: 50, shards: '1' },
  { ratePerSecond: 660, shards: '1' },
  { ratePerSecond: 661, shards: '2' },
  { ratePerSecond: 10_000, shards: '16' },
])(
  'gives the index $shards partitions at $ratePerSecond requests a second',
  ({ ratePerSecond, shards }) => {
    const throttle = { ratePerSecond, burst: 100 };
    expect(resolve({ throttle }).variables.ACTIVE_SHARDS).toBe(shards);
    expect(resolve({ throttle, activeShards: 5 }).variables.ACTIVE_SHARDS).toBe('5');
  },
);

// 29 characters each, and the commas.
const originsOf = (number: number): string[] => Array(number).fill('https://long-name.example.com');

it('takes origins as long as the environment of a function has room for', () => {
  const { ALLOWED_ORIGINS } = resolve({ allowedOrigins: originsOf(93) }).variables;
  expect(ALLOWED_ORIGINS).toHaveLength(2_789);
});

it.each<{ prop: string; props: SessionCounterProps; expected: string; given: string }>([
  {
    prop: 'name',
    props: { name: 'my blog' },
    expected: '1 to 64 letters, digits, - or _',
    given: '"my blog"',
  },
  ...[[], [''], ['https://a.example/blog'], ['https://a.example', '*'], ['*']].map(
    (allowedOrigins) => ({
      prop: 'allowedOrigins',
      props: { allowedOrigins },
      expected: '* or origins such as https://a.example',
      given: JSON.stringify(allowedOrigins),
    }),
  ),
  ...[
    { counters: [], room: 2_800, given: originsOf(94) },
    { counters: ['about', 'blog/*'], room: 2_788, given: originsOf(93) },
  ].map(({ counters, room, given: allowedOrigins }) => ({
    ...{ prop: 'allowedOrigins', props: { allowedOrigins, counters } },
    expected:
      `at most ${room} characters with commas, which is 2800 without those of counters, ` +
      'because the environment of a function holds 4 KB in all',
    given: JSON.stringify(allowedOrigins),
  })),
  ...[['a b'], ['a,b'], ['*'], [''], Array(40).fill('x'.repeat(60))].map((counters) => ({
    ...{ prop: 'counters', props: { counters }, expected: COUNTERS_RULE },
    given: JSON.stringify(counters),
  })),
  ...[0, 1.5, 100_001].map((maxCounters) => ({
    ...{ prop: 'maxCounters', props: { maxCounters }, expected: '1 to 100000' },
    given: String(maxCounters),
  })),
  ...[-1, 1.5, 1_000_001].map((newSessionsPerHour) => ({
    ...{ prop: 'newSessionsPerHour', props: { newSessionsPerHour }, expected: '0 to 1000000' },
    given: String(newSessionsPerHour),
  })),
  ...[[], ['site/*'], Array(11).fill('site')].map((watch) => ({
    ...{ prop: 'watch', props: { watch }, expected: WATCHED_RULE },
    given: JSON.stringify(watch),
  })),
  {
    prop: 'watch',
    props: { counters: ['blog/*'], watch: ['site', 'about'] },
    expected: 'names that counters admits',
    given: '"about"',
  },
  ...[Duration.minutes(0), Duration.minutes(1441), Duration.seconds(90)].map((activeWindow) => ({
    prop: 'activeWindow',
    props: { activeWindow },
    expected: '1 to 1440 whole minutes',
    given: JSON.stringify(activeWindow.toHumanString()),
  })),
  ...[
    { touchInterval: Duration.millis(500) },
    { touchInterval: Duration.seconds(3_601), activeWindow: Duration.days(1) },
    { touchInterval: Duration.minutes(10), activeWindow: Duration.minutes(10) },
  ].map((props) => ({
    prop: 'touchInterval',
    props,
    expected: '0 to 3600 whole seconds, and below the active window',
    given: JSON.stringify(props.touchInterval.toHumanString()),
  })),
  ...[0, 2.5, 65].map((activeShards) => ({
    prop: 'activeShards',
    props: { activeShards },
    expected: '1 to 64',
    given: String(activeShards),
  })),
  ...[0, 1.5, 1_000_001].map((activeReadUnitsPerSecond) => ({
    prop: 'activeReadUnitsPerSecond',
    props: { activeReadUnitsPerSecond },
    expected: '1 to 1000000',
    given: String(activeReadUnitsPerSecond),
  })),
  ...[Duration.days(0), Duration.days(3651), Duration.hours(36)].map((retention) => ({
    prop: 'retention',
    props: { retention },
    expected: '1 to 3650 whole days, or forever',
    given: JSON.stringify(retention.toHumanString()),
  })),
  {
    prop: 'hashKeySecret',
    props: { hashKeySecret: byName },
    expected: 'a secret with its full ARN, which the permission to read it must name',
    given: '"mine"',
  },
  {
    prop: 'hashKeySecret',
    props: { hashKeySecret: byName, hashScheme: 'sha256' },
    expected: 'left out with sha256, which has no key',
    given: '"given"',
  },
  {
    prop: 'hashKeyParameter',
    props: { hashKeyParameter: parameter, hashScheme: 'sha256' },
    expected: 'left out with sha256, which has no key',
    given: '"given"',
  },
  {
    prop: 'hashKeySecret',
    props: { hashKeyParameter: parameter, hashKeySecret: byName },
    expected: 'left out with hashKeyParameter',
    given: '"given"',
  },
  ...[
    { ratePerSecond: 0, burst: 10 },
    { ratePerSecond: 10, burst: 0 },
    { ratePerSecond: 1.5, burst: 10 },
  ].map((throttle) => ({
    prop: 'throttle',
    props: { throttle },
    expected: 'a ratePerSecond of 1 to 10000 and a burst of 1 to 5000',
    given: JSON.stringify(throttle),
  })),
  ...[Duration.minutes(6), Duration.millis(500)].map((batchingWindow) => ({
    prop: 'batchingWindow',
    props: { batchingWindow },
    expected: '0 to 300 whole seconds',
    given: JSON.stringify(batchingWindow.toHumanString()),
  })),
  ...[
    { alarmEmail: 'me@example.com' },
    { alarmTopic: Topic.fromTopicArn(stack, 'Mine', 'arn:aws:sns:eu-central-1:123456789012:mine') },
    { runbookUrl: 'https://wiki.example/counter' },
  ].map((props) => ({
    prop: Object.keys(props)[0] ?? '',
    props: { ...props, alarms: false },
    expected: 'left out with alarms: false',
    given: '"given"',
  })),
  ...[{ ingest: -1 }, { projector: 1.5 }, { query: Number.NaN }].map((reservedConcurrency) => ({
    prop: 'reservedConcurrency',
    props: { reservedConcurrency },
    expected: 'whole numbers from 0',
    given: JSON.stringify(reservedConcurrency),
  })),
  {
    prop: 'hashScheme',
    // What a JavaScript app may give.
    props: JSON.parse('{ "hashScheme": "sha-256" }'),
    expected: 'hmac-sha256 or sha256',
    given: '"sha-256"',
  },
  {
    prop: 'alarmEmail',
    props: { alarmEmail: 'me' },
    expected: 'an e-mail address',
    given: '"me"',
  },
])('refuses $given as $prop', ({ prop, props, expected, given }) => {
  const message = `${prop} must be ${expected}, but it is ${given}`;
  expect(() => resolve(props)).toThrow(new InvalidPropError(prop, expected, JSON.parse(given)));
  expect(() => resolve(props)).toThrow(message);
});

it('takes concurrencies that stop a function or are known only at the deployment', () => {
  const reservedConcurrency = { ingest: 0, query: Lazy.number({ produce: () => 5 }) };
  expect(resolve({ reservedConcurrency })).toMatchObject({ reservedConcurrency });
});
