import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { activeWindow } from '../../src/domain/active-window.ts';
import { type SessionRules, touchSession } from '../../src/domain/session-touch.ts';
import { countActiveSessions } from '../../src/tables/count-active-sessions.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { storeRows } from '../support/session-rows.ts';

const database = useDatabase();
const rules: SessionRules = { activeShards: 4, retentionDays: 30, touchIntervalSeconds: 0 };

const visit = (sessionHash: string, atMs: number): Promise<void> => {
  const { client, tables } = database();
  return upsertSession(client, tables.SESSIONS_TABLE, touchSession(sessionHash, atMs, rules));
};

const countActive = (nowMs: number) => {
  const { client, tables } = database();
  const window = activeWindow(nowMs, 60);
  return countActiveSessions(client, tables.SESSIONS_TABLE, {
    ...{ activeShards: rules.activeShards, window },
  });
};

const WIDE_ROWS = 800;
/** Rows of one partition, with keys as long as one may be: 700 of them fill a page. */
const storeWide = (lastMs: number): Promise<void> => {
  const last_accessed = new Date(lastMs).toISOString();
  const rows = Array.from({ length: WIDE_ROWS }, () => ({
    ...{ session_hash: randomBytes(1_000).toString('hex'), active_shard: 3, last_accessed },
  }));
  return storeRows(database(), rows);
};

describe('active sessions that fill more than a page', () => {
  it('are not those that a clock a hundred days ahead has dated, and they cost nothing', async () => {
    const now = Date.parse('2031-06-01T00:00:00.000Z');
    await visit('now', now);
    const before = await countActive(now);
    await storeWide(now + 100 * 86_400_000);
    expect(await countActive(now)).toEqual(before);
    expect(before.count).toBe(1);
  });

  it('are counted past the first megabyte', async () => {
    const at = Date.parse('2032-01-01T00:00:00.001Z');
    await storeWide(at);
    const { count, readUnits } = await countActive(at);
    expect(count).toBe(WIDE_ROWS);
    // Of every page: 1.6 MB are some 200 units at a half for each 4 kB, and a page of 1 MB is 128.
    expect(readUnits).toBeGreaterThan(150);
  });
});
