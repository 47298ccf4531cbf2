import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { activeWindow } from '../../src/domain/active-window.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { type SessionRules, touchSession } from '../../src/domain/session-touch.ts';
import { countActiveSessions } from '../../src/tables/count-active-sessions.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import { useDatabase } from '../support/embedded-database.ts';
import { storeRows } from '../support/session-rows.ts';

const database = useDatabase();
const rules: SessionRules = { activeShards: 4, retentionDays: 30, touchIntervalSeconds: 0 };

const visit = (sessionHash: string, atMs: number): Promise<unknown> => {
  const { client, tables } = database();
  return upsertSession(client, tables.SESSIONS_TABLE, touchSession(sessionHash, atMs, rules));
};

const countActive = (nowMs: number) => {
  const { client, tables } = database();
  const window = activeWindow(nowMs, 60);
  return countActiveSessions(client, tables.SESSIONS_TABLE, {
    ...{ counter: SITE, activeShards: rules.activeShards, window },
  });
};

const NOW_MS = Date.parse('2031-06-01T00:00:00.000Z');
const WIDE_ROWS = 800;
const WIDE_MS = NOW_MS + 100 * 86_400_000;
let stored: Promise<void> | undefined;
/** Stores, once, rows of one partition with keys of the maximum length: 700 of them fill a page. */
const storeWide = (): Promise<void> => {
  const last_accessed = new Date(WIDE_MS).toISOString();
  const rows = Array.from({ length: WIDE_ROWS }, () => ({
    ...{ session_hash: randomBytes(1_000).toString('hex'), active_shard: 3, last_accessed },
  }));
  stored ??= storeRows(database(), rows);
  return stored;
};

describe('active sessions that fill more than a page', () => {
  it('exclude those dated by a clock a hundred days ahead, which cost nothing', async () => {
    await visit('now', NOW_MS);
    const before = await countActive(NOW_MS);
    await storeWide();
    expect(await countActive(NOW_MS)).toEqual(before);
    expect(before.count).toBe(1);
  });

  it('are counted past the first megabyte', async () => {
    await storeWide();
    const { count, readUnits } = await countActive(WIDE_MS);
    expect(count).toBe(WIDE_ROWS);
    // For all pages: 1.6 MB are about 200 units at half a unit per 4 kB, and a page of 1 MB is 128.
    expect(readUnits).toBeGreaterThan(150);
  });
});
