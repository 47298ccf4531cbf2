import { beforeEach, describe, expect, it } from 'vitest';
import type { CounterChange } from '../../src/domain/counter-change.ts';
import { createCommitChange } from '../../src/tables/commit-counter-change.ts';
import { emptyCounter } from '../../src/tables/empty-counter.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { createRebuildStore } from '../../src/tables/rebuild-counter.ts';
import { createUndoStore } from '../../src/tables/undo-counter.ts';
import { change, FIRST, SECOND } from '../support/counter-changes.ts';
import { type TestDatabase, useDatabase } from '../support/embedded-database.ts';
import { openFreshTables } from '../support/projected-database.ts';
import { TODAY } from '../support/stream-records.ts';

const BLOG = 'blog/a';
const CUTOFF = '2026-11-23T18:00:10.000Z';
const SHARD = change().shardId;
const YESTERDAY = '2026-11-22';

const useFile = useDatabase();
let database: TestDatabase;
beforeEach(async () => {
  database = await openFreshTables(useFile());
  await commit({});
});

const commit = (parts: Partial<CounterChange>) =>
  createCommitChange(
    database.client,
    database.tables.COUNTS_TABLE,
  )({
    ...change(parts),
    counter: BLOG,
  });
const read = (name = BLOG) =>
  readCounter(database.client, database.tables.COUNTS_TABLE, 'strong', name);
const empty = async (before = read()) =>
  emptyCounter(database.client, database.tables.COUNTS_TABLE, BLOG, await before);

const NOTHING = {
  ...{ total: 0, removed: 0, startedByDay: new Map(), removedByDay: new Map() },
  ...{ rebuild: undefined, rebuilt: undefined, updatedAt: undefined },
};

const packing = {
  expected: { through: undefined, startedByDay: new Map(), removedByDay: new Map() },
  next: {
    through: YESTERDAY,
    startedByDay: new Map([[YESTERDAY, 5]]),
    removedByDay: new Map(),
  },
  moved: { startedByDay: new Map([[YESTERDAY, 5]]), removedByDay: new Map() },
};
const yesterday = {
  ...{ shardId: 'b', started: 5, removed: 0 },
  ...{ startedByDay: new Map([[YESTERDAY, 5]]), removedByDay: new Map() },
};

describe('an emptied counter', () => {
  it.each([500 - 4, 700])('has none of %s months left', async (count) => {
    await commit(yesterday);
    for (let start = 0; start < count; start += 100) {
      const months = Array.from({ length: Math.min(100, count - start) }, (_, month) =>
        new Date(Date.UTC(1960, start + month)).toISOString().slice(0, 7),
      );
      const startedByMonth = new Map(months.map((month) => [month, 1]));
      await commit({ shardId: `${start}`, started: 100, startedByMonth });
    }
    expect((await read()).startedByMonth.size).toBeGreaterThanOrEqual(count);
    expect(await empty()).toBe(true);
    expect(await read()).toMatchObject({ ...NOTHING, startedByMonth: new Map() });
  });

  it('has no number left, packed ones included, but its checkpoints', async () => {
    await commit(yesterday);
    await commit({ shardId: 'c', packing });
    expect((await read()).startedByDay.size).toBe(2);
    expect(await empty()).toBe(true);
    expect(await read()).toMatchObject(NOTHING);
    expect([...(await read()).checkpoints.keys()].sort()).toEqual(['b', 'c', SHARD]);
  });

  it('keeps the watermark, so a record without a checkpoint does not count again', async () => {
    await commit({ shardId: 'b', watermark: { expected: 0, next: 1_700_000_000 } });
    await empty();
    expect((await read()).watermark).toBe(1_700_000_000);
  });

  it('keeps the last cutoff, so that a delayed request begins no rebuild again', async () => {
    const store = createRebuildStore(database.client, database.tables.COUNTS_TABLE, BLOG);
    await store.beginRebuild(CUTOFF, undefined);
    await empty();
    expect(await read()).toMatchObject({ ...NOTHING, lastCutoff: CUTOFF });
    expect(await store.beginRebuild(CUTOFF, undefined)).toBe(false);
  });

  it('is not emptied when a visit or a deletion was counted since the reading', async () => {
    for (const parts of [
      { started: 1, removed: 0 },
      { started: 0, removed: 1 },
    ]) {
      const before = await read();
      await commit({ shardId: `after ${before.total}`, ...parts });
      const { total, removed } = await read();
      expect(await empty(Promise.resolve(before))).toBe(false);
      expect(await read()).toMatchObject({ total, removed });
    }
  });

  it('is not emptied when a rebuild has moved sessions from one day to another since the reading', async () => {
    const before = await read();
    const store = createRebuildStore(database.client, database.tables.COUNTS_TABLE, BLOG);
    await store.beginRebuild(CUTOFF, undefined);
    const startedByDay = new Map([
      [TODAY, -1],
      [YESTERDAY, 1],
    ]);
    const correction = { cutoff: CUTOFF, total: 0, removed: 0, startedByDay };
    await store.applyCorrection({ ...correction, removedByDay: new Map() }, CUTOFF);
    expect(await empty(Promise.resolve(before))).toBe(false);
    expect(await empty()).toBe(true);
    expect(await read()).toMatchObject(NOTHING);
  });

  it('is not emptied during a retract, which may have taken back as many sessions as began', async () => {
    const store = createUndoStore(database.client, database.tables.COUNTS_TABLE, BLOG);
    const undo = {
      kind: 'retract' as const,
      from: `${YESTERDAY}T03:00:00.000Z`,
      to: `${TODAY}T03:00:00.000Z`,
      at: CUTOFF,
    };
    const before = await read();
    await store.beginUndo(undo, undefined);
    expect(await empty()).toBe(false);
    await store.endUndo(CUTOFF);
    expect(await empty(Promise.resolve(before))).toBe(false);
    expect((await read()).total).toBe(before.total);
    expect(await empty()).toBe(true);
    expect(await read()).toMatchObject({ ...NOTHING, lastUndo: CUTOFF });
  });

  it('is emptied although a batch without visits moved its checkpoint since the reading', async () => {
    const before = await read();
    const none = { started: 0, removed: 0, startedByDay: new Map(), removedByDay: new Map() };
    await commit({ expectedCheckpoint: FIRST, checkpoint: SECOND, ...none });
    expect(await empty(Promise.resolve(before))).toBe(true);
    expect(await read()).toMatchObject(NOTHING);
    expect((await read()).checkpoints.get(SHARD)).toEqual(SECOND);
  });

  it('counts a batch that was planned before', async () => {
    await empty();
    expect((await commit({ expectedCheckpoint: FIRST, checkpoint: SECOND })).status).toBe(
      'committed',
    );
    expect(await read()).toMatchObject({ total: 2, startedByDay: new Map([[TODAY, 2]]) });
  });

  it('refuses a batch that was planned before and would pack its days again', async () => {
    await commit(yesterday);
    await empty();
    expect((await commit({ shardId: 'c', packing })).status).toBe('conflict');
    expect(await read()).toMatchObject(NOTHING);
  });

  it('refuses a batch that was planned during its rebuild', async () => {
    const store = createRebuildStore(database.client, database.tables.COUNTS_TABLE, BLOG);
    await store.beginRebuild(CUTOFF, undefined);
    await empty();
    const rebuild = { cutoff: CUTOFF, started: 1, removed: 0 };
    expect((await commit({ shardId: 'c', rebuild })).status).toBe('conflict');
    expect(await read()).toMatchObject(NOTHING);
  });
});
