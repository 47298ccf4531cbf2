import { describe, expect, it } from 'vitest';
import { activeWindow } from '../../src/domain/active-window.ts';
import { CLOCK_SKEW_MS } from '../../src/domain/clock-skew.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { type SessionRules, touchSession } from '../../src/domain/session-touch.ts';
import { countActiveSessions } from '../../src/tables/count-active-sessions.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import { clientOf } from '../support/answering-dynamodb.ts';
import { useDatabase } from '../support/embedded-database.ts';

const database = useDatabase();
const rules: SessionRules = { activeShards: 4, retentionDays: 30, touchIntervalSeconds: 0 };

const visit = (sessionHash: string, atMs: number, counter = SITE): Promise<unknown> => {
  const { client, tables } = database();
  const touch = touchSession(sessionHash, atMs, rules, counter);
  return upsertSession(client, tables.SESSIONS_TABLE, touch);
};

const WINDOW_MINUTES = 60;
const countActive = (nowMs: number, activeShards = rules.activeShards, counter = SITE) => {
  const { client, tables } = database();
  const window = activeWindow(nowMs, WINDOW_MINUTES);
  return countActiveSessions(client, tables.SESSIONS_TABLE, {
    counter,
    activeShards,
    window,
  });
};

const activeAt = async (nowMs: number, activeShards?: number): Promise<number> =>
  (await countActive(nowMs, activeShards)).count;

describe('active sessions', () => {
  it('are those seen within the window, to the millisecond', async () => {
    const now = Date.parse('2030-01-01T01:00:00.000Z');
    const start = now - WINDOW_MINUTES * 60_000;
    const latest = now + CLOCK_SKEW_MS;
    for (const at of [start - 1, start, start + 1, now, latest, latest + 1]) {
      await visit(`boundary-${at}`, at);
    }
    expect(await activeAt(now)).toBe(3);
    expect(await activeAt(now - 1)).toBe(3);
    expect(await activeAt(now + 1)).toBe(3);
    expect(await activeAt(now - 2)).toBe(4);
  });

  it('are counted in every partition of the index', async () => {
    const at = Date.parse('2031-01-01T00:00:00.001Z');
    await Promise.all(Array.from({ length: 40 }, (_, number) => visit(`spread-${number}`, at)));
    expect(await activeAt(at)).toBe(40);
    expect(await activeAt(at, 1)).toBeLessThan(40);
  });

  it('are counted in the index of their own counter', async () => {
    const at = Date.parse('2032-01-01T00:00:00.001Z');
    for (const hash of ['a', 'b', 'c']) await visit(`blog-${hash}`, at, 'blog');
    await visit('docs', at, 'docs');
    await visit('site', at);
    const counts = ['site', 'blog', 'docs', 'other'].map((name) => countActive(at, 4, name));
    expect((await Promise.all(counts)).map(({ count }) => count)).toEqual([1, 3, 1, 0]);
    expect(await countActive(at, 64, 'blog')).toEqual({ count: 3, readUnits: 0.5 });
  });

  it('are summed over all pages and partitions, with their read units', async () => {
    const window = activeWindow(Date.parse('2033-01-01T00:00:00.000Z'), WINDOW_MINUTES);
    const client = await clientOf(({ ExpressionAttributeValues, ExclusiveStartKey }) => {
      const { ':activeShard': shard } = ExpressionAttributeValues as {
        ':activeShard': { N: string };
      };
      const ConsumedCapacity = { CapacityUnits: 0.5 };
      if (shard.N === '1') return { Count: 7 };
      if (ExclusiveStartKey) return { Count: 3, ConsumedCapacity };
      return { Count: 100, ConsumedCapacity, LastEvaluatedKey: { session_hash: { S: 'a' } } };
    });
    expect(
      await countActiveSessions(client, 'sessions', { counter: SITE, activeShards: 2, window }),
    ).toEqual({
      ...{ count: 110, readUnits: 1 },
    });
  });
});
