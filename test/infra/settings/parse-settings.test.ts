import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { parseSettings } from '../../../infra/settings/parse-settings.ts';
import { COUNTERS_RULE } from '../../../src/settings/counter-lists.ts';

const ORIGIN = { file: 'blog.json', defaultName: 'blog' };
const parse = (settings: unknown) => parseSettings(JSON.stringify(settings), ORIGIN).settings;

const DOMAIN = {
  domainName: 'count.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/c',
};

it('takes the default of each setting that is left out, and the name of the file', () => {
  expect(parse({})).toEqual({ ...DEFAULTS, name: 'blog' });
});

it('accepts every setting', () => {
  const settings = {
    name: 'shop',
    allowedOrigins: ['https://a.example', 'http://localhost:8080'],
    counters: ['about', 'blog/*'],
    maxCounters: 20,
    watch: ['site', 'about'],
    newSessionsPerHour: 0,
    activeWindowMinutes: 30,
    activeShards: 16,
    touchIntervalSeconds: 120,
    activeReadUnitsPerSecond: 50,
    retentionDays: 'forever',
    hashScheme: 'sha256',
    edgeRequired: false,
    filterAutomation: false,
    legacyRoute: true,
    batchingWindowSeconds: 60,
    ratePerSecond: 20,
    burst: 40,
    dualStack: false,
    ...DOMAIN,
    hostedZoneId: 'Z1',
    defaultEndpoint: true,
    edge: true,
    edgeSecretVersion: '0c1b3d5e-1111-2222-3333-444455556666',
    alarms: true,
    dashboard: false,
    alarmEmail: 'me@example.com',
    digest: 'weekly',
    keepTables: false,
    sessionsTableStream:
      'arn:aws:dynamodb:eu-central-1:123456789012:table/sessions-restored/stream/2026-11-27T12:00:00.000',
    countsTable: 'counts-restored',
    runbookUrl: 'https://wiki.example',
  };
  expect(parse({ $schema: './x.json', ...settings })).toEqual(settings);
  expect(Object.keys(settings)).toEqual(Object.keys(DEFAULTS));
});

it.each([
  { key: 'allowedOrigin', meant: 'allowedOrigins' },
  { key: 'AllowedOrigins', meant: 'allowedOrigins' },
  { key: 'alowedOrigns', meant: 'allowedOrigins' },
  { key: 'email', meant: 'alarmEmail' },
  { key: 'MaxCounters', meant: 'maxCounters' },
  { key: 'sessionsPerHour', meant: 'newSessionsPerHour' },
  { key: 'counter', meant: 'counters' },
  { key: 'retention', meant: 'retentionDays' },
  { key: 'hash_scheme', meant: 'hashScheme' },
  { key: 'rate', meant: 'ratePerSecond' },
  { key: 'keepTable', meant: 'keepTables' },
])('refuses the unknown key $key and names $meant', ({ key, meant }) => {
  expect(() => parse({ [key]: 1 })).toThrow(
    `blog.json: there is no setting "${key}"; did you mean ${meant}?`,
  );
});

it('lists all settings when a key resembles none', () => {
  expect(() => parse({ colour: 'red' })).toThrow(
    'blog.json: there is no setting "colour"; the settings are name, allowedOrigins, counters, max',
  );
  // A property that every object has is not a setting.
  expect(() => parse({ toString: 1 })).toThrow('there is no setting "toString"');
});

it.each([
  { key: 'name', given: '2nd_site', expected: 'a letter, then up to 63 letters, digits or -' },
  ...['https://a.example', [], ['*'], ['https://a.example/page'], [''], null].map((given) => ({
    key: 'allowedOrigins',
    given,
    expected: '"*" or a list of origins such as ["https://example.com"]',
  })),
  ...['about', ['a b'], ['blog*'], [5], null, Array(40).fill('x'.repeat(60))].map((given) => ({
    key: 'counters',
    given,
    expected: `a list of ${COUNTERS_RULE}`,
  })),
  { key: 'maxCounters', given: 0, expected: 'a whole number from 1 to 100000' },
  ...[[], ['site/*'], Array(11).fill('site'), 'site'].map((given) => ({
    key: 'watch',
    given,
    expected: 'a list of 1 to 10 names of counters, without patterns',
  })),
  ...[0, 1441, '60', 1.5].map((given) => ({
    key: 'activeWindowMinutes',
    given,
    expected: 'a whole number from 1 to 1440',
  })),
  {
    ...{ key: 'activeShards', given: 65 },
    expected: 'a whole number from 1 to 64, or null to derive it from ratePerSecond',
  },
  { key: 'touchIntervalSeconds', given: -1, expected: 'a whole number from 0 to 3600' },
  { key: 'activeReadUnitsPerSecond', given: 0, expected: 'a whole number from 1 to 1000000' },
  ...[0, 3651, 'for ever'].map((given) => ({
    key: 'retentionDays',
    given,
    expected: 'a whole number from 1 to 3650, or "forever"',
  })),
  { key: 'hashScheme', given: 'md5', expected: '"hmac-sha256" or "sha256"' },
  ...['daily', null, true].map((given) => ({
    ...{ key: 'digest', given, expected: '"off" or "weekly" or "monthly"' },
  })),
  { key: 'ratePerSecond', given: '200', expected: 'a whole number from 1 to 10000' },
  { key: 'burst', given: 5_001, expected: 'a whole number from 1 to 5000' },
  ...['me', '', 5].map((given) => ({
    key: 'alarmEmail',
    given,
    expected: 'an e-mail address, or null for nobody',
  })),
  ...['alarms', 'dashboard', 'keepTables'].map((key) => ({
    ...{ key, given: 'false', expected: 'true or false' },
  })),
  ...[
    'sessions-restored',
    'arn:aws:dynamodb:eu-central-1:123456789012:table/sessions-restored',
    '',
  ].map((given) => ({
    ...{ key: 'sessionsTableStream', given },
    expected: 'the ARN of the stream of a table, or null for a table of the stack',
  })),
  ...['a b', 'xy', 5].map((given) => ({
    ...{ key: 'countsTable', given },
    expected: 'the name of a table, or null for a table of the stack',
  })),
  { key: 'runbookUrl', given: 'my wiki', expected: 'a web address, or null for the dashboard' },
])('refuses $given as $key', ({ key, given, expected }) => {
  expect(() => parse({ [key]: given })).toThrow(
    `blog.json: ${key} must be ${expected}, but it is ${JSON.stringify(given)}`,
  );
});

it('reports everything wrong at once', () => {
  expect(() => parse({ allowedOrigin: '*', burst: 0, keepTables: 1 })).toThrow(
    [
      'blog.json:',
      '  there is no setting "allowedOrigin"; did you mean allowedOrigins?',
      '  burst must be a whole number from 1 to 5000, but it is 0',
      '  keepTables must be true or false, but it is 1',
    ].join('\n'),
  );
});

it('refuses a touch interval as long as the active window', () => {
  expect(() => parse({ activeWindowMinutes: 10, touchIntervalSeconds: 600 })).toThrow(
    'touchIntervalSeconds must be below the 600 seconds of activeWindowMinutes, but it is 600',
  );
});

it('refuses to watch a counter that there cannot be', () => {
  expect(() => parse({ counters: ['blog/*'], watch: ['site', 'about'] })).toThrow(
    'blog.json: watch must hold names that counters admits, but it holds "about"',
  );
  expect(parse({ counters: ['blog/*'], watch: ['blog/a'] }).watch).toEqual(['blog/a']);
});

it.each(['alarmEmail', 'runbookUrl'] as const)(
  'refuses the %s of alarms that there are not',
  (name) => {
    const given = { alarmEmail: 'me@example.com', runbookUrl: 'https://wiki.example' };
    expect(() => parse({ alarms: false, [name]: given[name] })).toThrow(
      `blog.json: ${name} must be null, because alarms is false`,
    );
    expect(parse({ alarms: false, [name]: null }).alarms).toBe(false);
  },
);

it('refuses a digest that nobody would get', () => {
  expect(() => parse({ digest: 'monthly' })).toThrow(
    'blog.json: digest must be "off" without alarmEmail, to which it is sent, but it is "monthly"',
  );
  expect(parse({ digest: 'monthly', alarmEmail: 'me@example.com' }).digest).toBe('monthly');
});

it('refuses a digest without alarms, and does not ask for an address that it would refuse, too', () => {
  expect(() => parse({ digest: 'monthly', alarms: false })).toThrow(
    'blog.json: digest must be "off" because alarms is false, but it is "monthly"',
  );
});

describe('a text that is not a JSON object', () => {
  const parseText = (text: string) => () => parseSettings(text, ORIGIN);

  it.each([
    { what: 'a trailing comma', text: '{\n  "burst": 100,\n}\n', line: 3 },
    { what: 'a comment', text: '{\n  // slow\n  "burst": 1\n}\n', line: 2 },
    { what: 'an unexpected end', text: '{\n  "burst": 100\n\n', line: 2 },
  ])('is refused with its line: $what', ({ text, line }) => {
    expect(parseText(text)).toThrow(
      `blog.json: line ${line} is not valid JSON (no comments, no trailing comma): `,
    );
  });

  it.each(['', ' \n'])('is refused when it is empty', (text) => {
    expect(parseText(text)).toThrow('blog.json: the file is empty; {} takes all defaults');
  });

  it.each(['[]', 'null', '"x"', '3'])('is refused as %s', (text) => {
    expect(parseText(text)).toThrow('blog.json: it must contain one JSON object, { … }');
  });

  it('may begin with a byte order mark', () => {
    expect(parseSettings('\uFEFF{"burst":7}', ORIGIN).settings.burst).toBe(7);
  });
});

it.each([
  {
    given: { countsTable: 'counts-restored' },
    unset: 'sessionsTableStream',
  },
  {
    given: {
      sessionsTableStream: 'arn:aws:dynamodb:eu-central-1:123456789012:table/restored/stream/2026',
    },
    unset: 'countsTable',
  },
])('refuses existing tables without $unset', ({ given, unset }) => {
  expect(() => parse(given)).toThrow(
    `blog.json: sessionsTableStream and countsTable must be set together, but ${unset} is null`,
  );
});

it.each([
  [
    'domainName and certificateArn must be set together, but certificateArn is null',
    { ...DOMAIN, certificateArn: null },
  ],
  [
    'domainName and certificateArn must be set together, but domainName is null',
    { ...DOMAIN, domainName: null },
  ],
  ['hostedZoneId must be null without domainName', { hostedZoneId: 'Z1' }],
  ['defaultEndpoint must be true without domainName', { defaultEndpoint: false }],
  ['defaultEndpoint must be true with edge', { ...DOMAIN, edge: true, defaultEndpoint: false }],
  [
    'edgeSecretVersion must be null without edge',
    { edgeSecretVersion: '0c1b3d5e-1111-2222-3333-444455556666' },
  ],
  ['edgeRequired must be true without edge', { edgeRequired: false }],
  [
    'certificateArn must be of us-east-1 with edge, but it is "arn:aws:acm:eu-west-1:123456789012:certificate/c"',
    { ...DOMAIN, edge: true, certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/c' },
  ],
  ['domainName must be a domain in lower case', { ...DOMAIN, domainName: 'https://a.example' }],
  ['certificateArn must be the ARN of a certificate', { ...DOMAIN, certificateArn: 'c' }],
])('refuses a domain or an edge that contradicts itself: %s', (message, given) => {
  expect(() => parse(given)).toThrow(`blog.json: ${message}`);
});

it.each([
  { ...DOMAIN, hostedZoneId: 'Z1', defaultEndpoint: false },
  { edge: true },
  { ...DOMAIN, edge: true },
])('takes the domain and the edge %j', (given) => {
  expect(parse(given)).toMatchObject(given);
});
