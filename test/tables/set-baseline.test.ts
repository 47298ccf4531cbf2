import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { createCommitChange } from '../../src/tables/commit-counter-change.ts';
import { emptyCounter } from '../../src/tables/empty-counter.ts';
import { readCounter, readShownCounter } from '../../src/tables/read-counter.ts';
import { readCounters } from '../../src/tables/read-counters.ts';
import { createRebuildStore } from '../../src/tables/rebuild-counter.ts';
import { counterKey } from '../../src/tables/schema.ts';
import { setBaseline } from '../../src/tables/set-baseline.ts';
import { change, FIRST, SECOND } from '../support/counter-changes.ts';
import { type TestDatabase, useDatabase } from '../support/embedded-database.ts';
import { openFreshTables } from '../support/projected-database.ts';

const BLOG = 'blog/a';
const BASELINE = { sessions: 10_000, since: '2019-03-01' };
const CUTOFF = '2026-11-23T18:00:10.000Z';

const useFile = useDatabase();
let database: TestDatabase;
beforeEach(async () => {
  database = await openFreshTables(useFile());
});

const table = () => [database.client, database.tables.COUNTS_TABLE] as const;
const set = (baseline?: { sessions: number; since?: string }) =>
  setBaseline(...table(), BLOG, baseline);
const commit = (parts = {}) => createCommitChange(...table())({ ...change(parts), counter: BLOG });
const next = { expectedCheckpoint: FIRST, checkpoint: SECOND };
const read = () => readShownCounter(...table(), 'strong', BLOG);
const getItem = async () => {
  const [client, TableName] = table();
  const Key = { counter: counterKey(BLOG) };
  return (await client.send(new GetCommand({ TableName, Key }))).Item;
};

describe('a baseline', () => {
  it('is set before the first visit, replaced, and removed', async () => {
    expect(await set(BASELINE)).toEqual({ ...EMPTY_COUNTER, baseline: BASELINE });
    expect(await set({ sessions: 7 })).toEqual({ ...EMPTY_COUNTER, baseline: { sessions: 7 } });
    expect(await read()).toEqual({ ...EMPTY_COUNTER, baseline: { sessions: 7 } });
    expect(await set(undefined)).toEqual(EMPTY_COUNTER);
    expect(await getItem()).toEqual({ counter: counterKey(BLOG) });
  });

  it('that is removed where there is no counter creates none', async () => {
    expect(await set(undefined)).toEqual(EMPTY_COUNTER);
    expect(await getItem()).toBeUndefined();
  });

  it('changes nothing else of the item', async () => {
    await commit();
    const before = await getItem();
    await set(BASELINE);
    expect(await getItem()).toEqual({ ...before, baseline: BASELINE });
    await set(undefined);
    expect(await getItem()).toEqual(before);
  });

  it('replaces one that cannot be read', async () => {
    const [client, TableName] = table();
    const Item = { counter: counterKey(BLOG), baseline: 'text' };
    await client.send(new PutCommand({ TableName, Item }));
    expect((await set(BASELINE)).baseline).toEqual(BASELINE);
  });

  it('is read with several counters, beside those that have none', async () => {
    await set(BASELINE);
    const counters = await readCounters(...table(), [BLOG, 'about']);
    expect(counters.get(BLOG)).toEqual({ ...EMPTY_COUNTER, baseline: BASELINE });
    expect(counters.get('about')).toBe(EMPTY_COUNTER);
  });
});

describe('the writes of the counter', () => {
  it('keep the baseline when they count a batch, which was planned without it', async () => {
    await commit();
    await set(BASELINE);
    const { status, counter } = await commit(next);
    expect(status).toBe('committed');
    expect(counter).toStrictEqual(await readCounter(...table(), 'strong', BLOG));
    expect(await read()).toEqual({ ...counter, baseline: BASELINE });
    expect(counter.total).toBe(4);
  });

  it('return a counter without it when another batch was first', async () => {
    await set(BASELINE);
    await commit();
    const { status, counter } = await commit();
    expect(status).toBe('conflict');
    expect(counter).toStrictEqual(await readCounter(...table(), 'strong', BLOG));
  });

  it('keep it when they begin, end and abort a rebuild', async () => {
    await commit();
    await set(BASELINE);
    const store = createRebuildStore(...table(), BLOG);
    const days = { startedByDay: new Map(), removedByDay: new Map() };
    expect(await store.beginRebuild(CUTOFF, undefined)).toBe(true);
    expect(
      await store.applyCorrection({ cutoff: CUTOFF, total: 1, removed: 0, ...days }, CUTOFF),
    ).toBe(true);
    expect(await read()).toMatchObject({ total: 3, baseline: BASELINE });
    expect(await store.beginRebuild('2026-11-24T18:00:10.000Z', CUTOFF)).toBe(true);
    expect(await store.abortRebuild('2026-11-24T18:00:10.000Z')).toBe(true);
    expect(await read()).toMatchObject({ total: 3, baseline: BASELINE });
  });

  it('remove it with all numbers when they empty the counter, whatever it was before', async () => {
    await commit();
    const before = await readCounter(...table(), 'strong', BLOG);
    await set(BASELINE);
    expect(await emptyCounter(...table(), BLOG, before)).toBe(true);
    const after = await read();
    expect(after).toMatchObject({ total: 0, removed: 0 });
    expect(after.baseline).toBeUndefined();
  });
});
