import { App, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { readProps, readStackName } from '../../infra/context.ts';

const nodeWith = (context: Record<string, unknown>) => new App({ context }).node;

describe('the context of the app', () => {
  it('may be empty', () => {
    expect(readStackName(nodeWith({}))).toBe('session-counter');
    expect(Object.values(readProps(nodeWith({})))).toEqual(Array(11).fill(undefined));
  });

  it('becomes the props of the counter', () => {
    const node = nodeWith({
      allowedOrigins: 'https://a.example, https://b.example',
      activeWindowMinutes: '30',
      activeShards: '16',
      touchIntervalSeconds: '120',
      activeReadUnitsPerSecond: 50,
      retentionDays: 90,
      hashScheme: 'sha256',
      alarmEmail: 'me@example.com',
      keepTables: 'false',
      runbookUrl: 'https://wiki.example',
      ratePerSecond: '20',
      burst: 40,
    });
    expect(readProps(node)).toEqual({
      allowedOrigins: ['https://a.example', 'https://b.example'],
      activeWindow: Duration.minutes(30),
      activeShards: 16,
      touchInterval: Duration.seconds(120),
      activeReadUnitsPerSecond: 50,
      retention: Duration.days(90),
      hashScheme: 'sha256',
      alarmEmail: 'me@example.com',
      tableRemovalPolicy: RemovalPolicy.DESTROY,
      runbookUrl: 'https://wiki.example',
      throttle: { ratePerSecond: 20, burst: 40 },
    });
  });

  it('keeps the default of the half of the throttle that is not given', () => {
    expect(readProps(nodeWith({ ratePerSecond: 20 })).throttle).toEqual({
      ratePerSecond: 20,
      burst: 100,
    });
    expect(readProps(nodeWith({ burst: 40 })).throttle).toEqual({ ratePerSecond: 50, burst: 40 });
  });

  it('allows every origin, keeps tables and sessions for ever', () => {
    const node = nodeWith({ allowedOrigins: '*', keepTables: true, retentionDays: 'forever' });
    expect(readProps(node)).toMatchObject({
      allowedOrigins: '*',
      tableRemovalPolicy: RemovalPolicy.RETAIN,
      retention: 'forever',
    });
  });

  it.each([
    { key: 'activeWindowMinutes', given: 'an hour', expected: 'a whole number' },
    { key: 'activeShards', given: 'all', expected: 'a whole number' },
    { key: 'touchIntervalSeconds', given: '2m', expected: 'a whole number' },
    { key: 'activeReadUnitsPerSecond', given: 'few', expected: 'a whole number' },
    { key: 'retentionDays', given: '-1', expected: 'a whole number' },
    { key: 'ratePerSecond', given: '1.5', expected: 'a whole number' },
    { key: 'burst', given: 'many', expected: 'a whole number' },
    { key: 'hashScheme', given: 'md5', expected: 'hmac-sha256 or sha256' },
    { key: 'keepTables', given: 'no', expected: 'true or false' },
  ])('refuses $given as $key', ({ key, given, expected }) => {
    expect(() => readProps(nodeWith({ [key]: given }))).toThrow(
      `Context value ${key} must be ${expected}, but it is "${given}"`,
    );
  });

  it('refuses a name that no stack can have', () => {
    expect(() => readStackName(nodeWith({ name: '2nd_site' }))).toThrow(
      'Context value name must be a letter, then up to 63 letters, digits or -, but it is "2nd_site"',
    );
  });
});
