import { describe, expect, it } from 'vitest';
import { CLOCK_SKEW_MS } from '../../src/domain/clock-skew.ts';
import { type SessionRules, touchSession } from '../../src/domain/session-touch.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { rowOf as storedRow } from '../support/session-rows.ts';

const database = useDatabase();
const rules: SessionRules = { activeShards: 4, retentionDays: 30, touchIntervalSeconds: 0 };
const FIRST = Date.parse('2026-11-23T18:00:00.000Z');

const visit = (sessionHash: string, atMs: number, visitRules = rules) => {
  const { client, tables } = database();
  return upsertSession(client, tables.SESSIONS_TABLE, touchSession(sessionHash, atMs, visitRules));
};

const rowOf = (sessionHash: string) => storedRow(database(), sessionHash);

describe('a session row', () => {
  it('keeps its first visit and updates its last', async () => {
    await visit('returning', FIRST);
    await visit('returning', FIRST + 90_000);
    expect(await rowOf('returning')).toEqual({
      session_hash: 'returning',
      first_accessed: '2026-11-23T18:00:00.000Z',
      last_accessed: '2026-11-23T18:01:30.000Z',
      active_shard: touchSession('returning', FIRST, rules).activeShard,
      expires_at: FIRST / 1000 + 90 + 30 * 86_400,
    });
  });

  it('names its counter, unless that is the site', async () => {
    const { client, tables } = database();
    const touch = touchSession('reader', FIRST, rules, 'blog/first');
    await upsertSession(client, tables.SESSIONS_TABLE, touch);
    await visit('guest', FIRST);
    expect(await rowOf('reader')).toMatchObject({ counter_name: 'blog/first' });
    expect(await rowOf('guest')).not.toHaveProperty('counter_name');
  });

  it('is not written for a visit that has timed out', async () => {
    const { client, tables } = database();
    const touch = touchSession('late', FIRST, rules);
    const writing = upsertSession(client, tables.SESSIONS_TABLE, touch, AbortSignal.abort());
    await expect(writing).rejects.toThrow();
    expect(await rowOf('late')).toBeUndefined();
  });

  it('loses its expiry when rows are kept forever', async () => {
    await visit('kept', FIRST);
    await visit('kept', FIRST, { ...rules, retentionDays: 0 });
    expect(await rowOf('kept')).not.toHaveProperty('expires_at');
  });
});

describe('a visit returns the times of the row before it', () => {
  const before = {
    firstSeen: '2026-11-23T18:00:00.000Z',
    lastSeen: '2026-11-23T18:01:30.000Z',
  };

  it('if it updates the row', async () => {
    expect(await visit('known', FIRST)).toBeUndefined();
    await visit('known', FIRST + 90_000);
    expect(await visit('known', FIRST + 95_000)).toEqual(before);
  });

  it('if it leaves the row unchanged', async () => {
    const held = { ...rules, touchIntervalSeconds: 60 };
    expect(await visit('held back', FIRST, held)).toBeUndefined();
    await visit('held back', FIRST + 90_000, held);
    expect(await visit('held back', FIRST + 95_000, held)).toEqual(before);
  });
});

describe('a visit that may not start a session', () => {
  const held = { ...rules, touchIntervalSeconds: 60 };
  const touchOnly = (sessionHash: string, atMs: number, visitRules: SessionRules) => {
    const { client, tables } = database();
    const touch = { ...touchSession(sessionHash, atMs, visitRules), onlyIfExists: true };
    return upsertSession(client, tables.SESSIONS_TABLE, touch);
  };

  it.each([rules, held])('writes nothing without a row: $touchIntervalSeconds s', async (its) => {
    const hash = `missing-${its.touchIntervalSeconds}`;
    expect(await touchOnly(hash, FIRST, its)).toBeUndefined();
    expect(await rowOf(hash)).toBeUndefined();
  });

  it.each([rules, held])('updates a row: $touchIntervalSeconds s', async (its) => {
    const hash = `existing-${its.touchIntervalSeconds}`;
    await visit(hash, FIRST, its);
    expect(await touchOnly(hash, FIRST + 90_000, its)).toMatchObject({
      lastSeen: '2026-11-23T18:00:00.000Z',
    });
    expect(await rowOf(hash)).toMatchObject({ last_accessed: '2026-11-23T18:01:30.000Z' });
  });

  it('leaves a row unchanged within the touch interval, and returns its times', async () => {
    await visit('recent', FIRST, held);
    const row = await rowOf('recent');
    const time = '2026-11-23T18:00:00.000Z';
    expect(await touchOnly('recent', FIRST + 1_000, held)).toEqual({
      ...{ firstSeen: time, lastSeen: time },
    });
    expect(await rowOf('recent')).toEqual(row);
  });

  it('corrects a row that a wrong clock dated far ahead', async () => {
    await visit('far ahead', FIRST + CLOCK_SKEW_MS + 1, held);
    await touchOnly('far ahead', FIRST, held);
    expect(await rowOf('far ahead')).toMatchObject({ last_accessed: '2026-11-23T18:00:00.000Z' });
  });
});

describe('a visit soon after the last one', () => {
  const held = { ...rules, touchIntervalSeconds: 60 };
  const seenOf = async (sessionHash: string) => (await rowOf(sessionHash))?.last_accessed;

  it('leaves the row unchanged, and the first visit after the interval updates it', async () => {
    await visit('held', FIRST, held);
    const row = await rowOf('held');
    await visit('held', FIRST + 59_999, held);
    expect(await rowOf('held')).toEqual(row);
    await visit('held', FIRST + 60_000, held);
    expect(await seenOf('held')).toBe('2026-11-23T18:01:00.000Z');
  });

  it.each([60, 0])(
    'corrects a row dated by a clock a hundred days ahead, with an interval of %i s',
    async (touchIntervalSeconds) => {
      const hash = `ahead-${touchIntervalSeconds}`;
      const visitRules = { ...rules, touchIntervalSeconds };
      await visit(hash, FIRST + 100 * 86_400_000, visitRules);
      const ahead = await rowOf(hash);
      await visit(hash, FIRST, visitRules);
      expect(await rowOf(hash)).toEqual({
        ...ahead,
        last_accessed: '2026-11-23T18:00:00.000Z',
        expires_at: FIRST / 1000 + 30 * 86_400,
      });
      expect(ahead?.first_accessed).toBe('2027-03-03T18:00:00.000Z');
    },
  );

  it('leaves a row as far ahead as clocks may differ, and corrects one a millisecond further ahead', async () => {
    await visit('skewed', FIRST + CLOCK_SKEW_MS, held);
    await visit('skewed', FIRST, held);
    expect(await seenOf('skewed')).toBe('2026-11-23T18:05:00.000Z');
    await visit('skewed', FIRST - 1, held);
    expect(await seenOf('skewed')).toBe('2026-11-23T17:59:59.999Z');
  });

  it('moves a row back when its clock is slightly behind and no interval is set', async () => {
    await visit('behind', FIRST);
    await visit('behind', FIRST - 1);
    expect(await seenOf('behind')).toBe('2026-11-23T17:59:59.999Z');
  });

  it('updates the row when no interval is set', async () => {
    await visit('moving', FIRST);
    await visit('moving', FIRST + 1);
    expect(await seenOf('moving')).toBe('2026-11-23T18:00:00.001Z');
  });
});
