import { describe, expect, it } from 'vitest';
import { COUNTERS_RULE, WATCHED_RULE } from '../../src/settings/counter-lists.ts';
import type { Environment } from '../../src/settings/readers.ts';
import {
  readIngestSettings,
  readProjectorSettings,
  readQuerySettings,
  readReporterSettings,
} from '../../src/settings/settings.ts';
import { settingErrorOf } from '../support/setting-error-of.ts';

const tables = { SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts' };

describe('settings', () => {
  it('have defaults for everything except the table names', () => {
    expect(readIngestSettings(tables)).toEqual({
      sessionsTable: 'sessions',
      counters: { names: [], prefixes: [] },
      allowedOrigins: '*',
      hash: { scheme: 'hmac-sha256', key: undefined },
      filters: { bots: true, automation: true, prefetches: true, optOuts: true },
      rules: { activeShards: 1, retentionDays: 395, touchIntervalSeconds: 0 },
      ...{ newSessionsPerHour: 30, activeWindowMinutes: 60 },
    });
    expect(readQuerySettings(tables)).toEqual({
      ...{ sessionsTable: 'sessions', countsTable: 'counts', allowedOrigins: '*' },
      counters: { names: [], prefixes: [] },
      ...{ activeShards: 1, activeWindowMinutes: 60, activeReadUnitsPerSecond: 1 },
    });
    expect(readProjectorSettings(tables)).toEqual({ countsTable: 'counts' });
  });

  it('treat a blank value as unset', () => {
    expect(readIngestSettings({ ...tables, RETENTION_DAYS: ' ', ALLOWED_ORIGINS: '' })).toEqual(
      readIngestSettings(tables),
    );
  });

  it('can each be given', () => {
    const env = {
      ...tables,
      ALLOWED_ORIGINS: 'https://Example.com, http://localhost:3000/,https://bücher.example:443',
      ACTIVE_SHARDS: '8',
      RETENTION_DAYS: '0',
      TOUCH_INTERVAL_SECONDS: '120',
      NEW_SESSIONS_PER_HOUR: '0',
      HASH_SCHEME: 'sha256',
      FILTER_BOTS: 'false',
      FILTER_AUTOMATION: 'false',
      FILTER_PREFETCH: 'false',
      HONOR_OPT_OUT: 'false',
    };
    expect(readIngestSettings(env)).toMatchObject({
      allowedOrigins: [
        'https://example.com',
        'http://localhost:3000',
        'https://xn--bcher-kva.example',
      ],
      hash: { scheme: 'sha256' },
      filters: { bots: false, automation: false, prefetches: false, optOuts: false },
      rules: { activeShards: 8, retentionDays: 0, touchIntervalSeconds: 120 },
    });
    const reading = {
      ...{ ACTIVE_WINDOW_MINUTES: '15', ACTIVE_READ_UNITS_PER_SECOND: '100' },
      FORMER_ACTIVE_SHARDS: '64 until 2026-11-28T13:00:00.000Z',
    };
    expect(readQuerySettings({ ...env, ...reading })).toMatchObject({
      activeWindowMinutes: 15,
      activeReadUnitsPerSecond: 100,
      formerShards: { activeShards: 64, until: '2026-11-28T13:00:00.000Z' },
    });
    expect(
      readQuerySettings({ ...env, FORMER_ACTIVE_SHARDS: 'none' }).formerShards,
    ).toBeUndefined();
  });

  it('list counters by names and patterns', () => {
    const env = { ...tables, COUNTERS: 'about, blog/*,docs/v1/*', MAX_COUNTERS: '20' };
    const counters = { names: ['about'], prefixes: ['blog/', 'docs/v1/'] };
    const matchedNames = { countsTable: 'counts', maxCounters: 20 };
    expect(readIngestSettings(env)).toMatchObject({ counters, matchedNames });
    expect(readQuerySettings(env).counters).toEqual(counters);
  });

  it('let ingest do without the counts table unless there is a pattern', () => {
    const env = { SESSIONS_TABLE: 'sessions', COUNTERS: 'about' };
    expect(readIngestSettings(env).matchedNames).toBeUndefined();
    const withPattern = { ...env, COUNTERS: 'about,blog/*' };
    expect(settingErrorOf(() => readIngestSettings(withPattern)).setting).toBe('COUNTS_TABLE');
  });

  it('name the counters to watch, each once, by default that of the site', () => {
    const watch = (WATCHED_COUNTERS?: string) =>
      readReporterSettings({ ...tables, WATCHED_COUNTERS }).watchedCounters;
    expect(watch()).toEqual(['site']);
    expect(watch('site, blog/a,site')).toEqual(['site', 'blog/a']);
  });
});

const malformed: [Environment, string][] = [
  [{ SESSIONS_TABLE: '' }, 'SESSIONS_TABLE must be the name of the sessions table, 3 to 255'],
  [{ SESSIONS_TABLE: 'a b!' }, 'letters, digits, _ . or -, but it is "a b!"'],
  [{ SESSIONS_TABLE: 'ab' }, 'SESSIONS_TABLE must be the name of the sessions table, 3 to 255'],
  [
    { RETENTION_DAYS: '1.5' },
    'RETENTION_DAYS must be a whole number from 0 to 3650, but it is "1.5"',
  ],
  [
    { RETENTION_DAYS: '-1' },
    'RETENTION_DAYS must be a whole number from 0 to 3650, but it is "-1"',
  ],
  [{ ACTIVE_SHARDS: '0' }, 'ACTIVE_SHARDS must be a whole number from 1 to 64, but it is "0"'],
  [{ ACTIVE_SHARDS: '65' }, 'ACTIVE_SHARDS must be a whole number from 1 to 64, but it is "65"'],
  [
    { TOUCH_INTERVAL_SECONDS: '3601' },
    'TOUCH_INTERVAL_SECONDS must be a whole number from 0 to 3600, but it is "3601"',
  ],
  [
    { TOUCH_INTERVAL_SECONDS: '600', ACTIVE_WINDOW_MINUTES: '10' },
    'TOUCH_INTERVAL_SECONDS must be below ACTIVE_WINDOW_MINUTES, 10, but it is "600"',
  ],
  ...['a b', 'a,,b', '*', 'x'.repeat(65), Array(40).fill('x'.repeat(60)).join()].map(
    (text): [Environment, string] => [
      { COUNTERS: text },
      `COUNTERS must be ${COUNTERS_RULE}, but it is "${text}"`,
    ],
  ),
  [
    { MAX_COUNTERS: '0', COUNTERS: 'blog/*' },
    'MAX_COUNTERS must be a whole number from 1 to 100000, but it is "0"',
  ],
  [
    { NEW_SESSIONS_PER_HOUR: '1000001' },
    'NEW_SESSIONS_PER_HOUR must be a whole number from 0 to 1000000, but it is "1000001"',
  ],
  [
    { NEW_SESSIONS_PER_HOUR: '-1' },
    'NEW_SESSIONS_PER_HOUR must be a whole number from 0 to 1000000, but it is "-1"',
  ],
  [{ FILTER_BOTS: 'yes' }, 'FILTER_BOTS must be true or false, but it is "yes"'],
  [{ FILTER_AUTOMATION: 'off' }, 'FILTER_AUTOMATION must be true or false, but it is "off"'],
  [{ FILTER_PREFETCH: '1' }, 'FILTER_PREFETCH must be true or false, but it is "1"'],
  [{ HONOR_OPT_OUT: 'TRUE' }, 'HONOR_OPT_OUT must be true or false, but it is "TRUE"'],
  ...['example.com', 'https://a.example/page', 'ftp://a.example', '*,https://a.example', ','].map(
    (text): [Environment, string] => [{ ALLOWED_ORIGINS: text }, 'ALLOWED_ORIGINS must be * or'],
  ),
];

describe('a malformed setting', () => {
  it.each(malformed)('%j stops the start with its name and the expected value', (env, message) => {
    const error = settingErrorOf(() => readIngestSettings({ ...tables, ...env }));
    expect(error.message).toContain(message);
    expect(error.setting).toBe(Object.keys(env)[0]);
  });

  it.each(['site/*', 'a b', ',', 'a,b,c,d,e,f,g,h,i,j,k'])(
    'stops the reporter, too, when it is the counters to watch: %s',
    (text) => {
      const error = settingErrorOf(() =>
        readReporterSettings({ ...tables, WATCHED_COUNTERS: text }),
      );
      expect(error.message).toBe(`WATCHED_COUNTERS must be ${WATCHED_RULE}, but it is "${text}"`);
    },
  );

  it('says how long the list of counters may be, and why', () => {
    const env = { ...tables, COUNTERS: [...Array(32).fill('x'.repeat(63)), 'y'].join() };
    expect(settingErrorOf(() => readQuerySettings(env)).message).toContain(
      'at most 2048 characters with commas, because the environment of a function holds 4 KB in all',
    );
    expect(readQuerySettings({ ...env, COUNTERS: env.COUNTERS.slice(0, -2) })).toBeDefined();
  });

  it('stops query and projector, too', () => {
    expect(settingErrorOf(() => readQuerySettings({ ...tables, COUNTS_TABLE: '' })).setting).toBe(
      'COUNTS_TABLE',
    );
    expect(settingErrorOf(() => readProjectorSettings({})).setting).toBe('COUNTS_TABLE');
    const minutes = { ...tables, ACTIVE_WINDOW_MINUTES: '1441' };
    expect(settingErrorOf(() => readQuerySettings(minutes)).message).toContain('from 1 to 1440');
    const units = { ...tables, ACTIVE_READ_UNITS_PER_SECOND: '0' };
    expect(settingErrorOf(() => readQuerySettings(units)).message).toContain('from 1 to 1000000');
  });

  it.each([
    '4',
    '0 until 2026-11-28T13:00:00.000Z',
    '65 until 2026-11-28T13:00:00.000Z',
    '4 until 2026-11-28',
    '4 until tomorrow',
  ])('stops query and reporter, too, when it is the former partitions: %s', (text) => {
    for (const read of [readQuerySettings, readReporterSettings]) {
      const error = settingErrorOf(() => read({ ...tables, FORMER_ACTIVE_SHARDS: text }));
      expect(error.message).toBe(
        'FORMER_ACTIVE_SHARDS must be none, or 1 to 64 and a time, such as ' +
          `64 until 2026-11-28T13:00:00.000Z, but it is "${text}"`,
      );
    }
  });
});
