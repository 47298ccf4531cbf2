import { beforeEach, describe, expect, it } from 'vitest';
import { establishCutoff, readDuringRebuild } from '../../src/audit/cutoff.ts';
import type { RebuildDependencies } from '../../src/audit/rebuild.ts';
import type { RebuildStore } from '../../src/domain/counter-store.ts';
import {
  type AuditedWorld,
  createAuditedWorld,
  daysAgo,
  EXACT,
  rebuildOf,
} from '../support/audited-world.ts';

const HOUR = 3_600_000;
let world: AuditedWorld;
beforeEach(() => {
  world = createAuditedWorld();
});
const rebuild = (parts: Partial<RebuildDependencies> = {}) => rebuildOf(world.dependencies(parts));

describe('under a cutoff a rebuild of an exact counter moves nothing', () => {
  it('when rows of imported local times are hours ahead', async () => {
    world.insert(daysAgo(3), daysAgo(1), 0, 2 * HOUR, 2 * HOUR, 5 * HOUR, 9 * HOUR, 9 * HOUR);
    await world.count();
    expect(await rebuild()).toEqual(EXACT);
    expect(world.counter()).toMatchObject({ total: 8, removed: 0 });
  });

  it('when its mark came late, and a visit hides behind the empty pages of an open shard', async () => {
    const dependencies = world.dependencies({ isCounted: async () => true });
    const visitWhileItIsMarked = async (): Promise<void> => {
      await dependencies.sleep(2 * dependencies.marginMs);
      world.insert(2 * dependencies.marginMs);
      world.onSleep = () => world.count();
    };
    let isFirst = true;
    const beginRebuild: RebuildStore['beginRebuild'] = async (cutoff, lastCutoff) => {
      if (isFirst) await visitWhileItIsMarked();
      isFirst = false;
      return dependencies.store.beginRebuild(cutoff, lastCutoff);
    };
    expect(
      await rebuild({ ...dependencies, store: { ...dependencies.store, beginRebuild } }),
    ).toEqual(EXACT);
    expect(world.counter()).toMatchObject({ total: 1, removed: 0 });
  });

  it('when some of those are deleted after its mark, and some before', async () => {
    world.insert(HOUR, HOUR, HOUR, 2 * HOUR);
    world.remove(2 * HOUR);
    await world.count();
    world.onSleep = async () => {
      world.remove(HOUR);
      await world.count();
      world.onSleep = () => undefined;
    };
    expect(await rebuild()).toEqual(EXACT);
    expect(world.counter()).toMatchObject({ total: 4, removed: 2 });
  });

  it('when some of those are deleted between its mark and its look at them', async () => {
    world.insert(HOUR, HOUR, HOUR);
    await world.count();
    const { store } = world.dependencies();
    const beginRebuild: RebuildStore['beginRebuild'] = async (cutoff, lastCutoff) => {
      const isMarked = await store.beginRebuild(cutoff, lastCutoff);
      world.remove(HOUR);
      await world.count();
      return isMarked;
    };
    expect(await rebuild({ store: { ...store, beginRebuild } })).toEqual(EXACT);
  });

  it('when one of those is deleted behind the back of the reader who looks at them', async () => {
    world.insert(HOUR, HOUR, HOUR);
    await world.count();
    world.onRead = async () => {
      world.onRead = () => undefined;
      world.remove(HOUR);
      await world.count();
    };
    expect(await rebuild()).toEqual(EXACT);
  });

  it('when a visit of now is read as the cutoff passes, and its shard looks counted', async () => {
    const { now, sleep } = world.dependencies();
    const START = now();
    world.onRead = async () => {
      world.onRead = () => undefined;
      await sleep(150_000);
      world.insert(now() - START);
      world.onSleep = world.count;
    };
    expect(await rebuild({ isCounted: async () => true })).toEqual(EXACT);
    expect(world.counter()).toMatchObject({ total: 1, removed: 0 });
  });

  it('when the clock of ingest is ahead by less than the margin, under a steady stream', async () => {
    const ahead = 30_000;
    let elapsed = 0;
    const dependencies = world.dependencies();
    const visit = async () => {
      elapsed = dependencies.now() - START;
      world.insert(elapsed + ahead, elapsed + ahead);
      await world.count();
    };
    const START = dependencies.now();
    world.onRead = visit;
    world.onSleep = visit;
    await visit();
    expect(await rebuild({ ...dependencies, store: dependencies.store })).toEqual(EXACT);
  });

  it('when the clock of ingest was a hundred days ahead and then right, and forgets no day', async () => {
    world.insert(daysAgo(50), daysAgo(1), 0);
    await world.count();
    world.insert(...Array.from({ length: 7 }, () => daysAgo(-100)));
    await world.count();
    world.insert(0, 0);
    await world.count();
    expect(await rebuild()).toEqual(EXACT);
    expect(world.counter()).toMatchObject({ total: 12, removed: 0 });
    expect([...world.counter().startedByDay.values()]).toEqual([1, 1, 3, 7]);
  });
});

const REPLACED = {
  ...{ name: 'AuditError', message: expect.stringContaining('replaced this one') },
};

/** A store whose mark is lost so many times: another rebuild marks first, or drops it at once. */
const storeThatLosesMarks = (times: number, way: 'marked by another' | 'dropped') => {
  const { store } = world.dependencies();
  let left = times;
  const beginRebuild: RebuildStore['beginRebuild'] = async (cutoff, lastCutoff) => {
    left -= 1;
    if (left < 0) return store.beginRebuild(cutoff, lastCutoff);
    if (way === 'marked by another')
      await store.beginRebuild('2026-11-23T23:00:00.000Z', lastCutoff);
    const isMarked = await store.beginRebuild(cutoff, lastCutoff);
    if (way === 'dropped') await store.abortRebuild(cutoff);
    return isMarked;
  };
  return { ...store, beginRebuild };
};

describe('a cutoff', () => {
  it.each(['marked by another', 'dropped'] as const)(
    'is marked at the fifth attempt, while its mark is %s, and not at a sixth',
    async (way) => {
      world.insert(daysAgo(1));
      await world.count();
      expect(await rebuild({ store: storeThatLosesMarks(4, way) })).toEqual(EXACT);
      const beginning = rebuild({ store: storeThatLosesMarks(5, way) });
      await expect(beginning).rejects.toMatchObject({
        ...{ name: 'AuditError', message: expect.stringContaining('The rebuild could not begin') },
      });
    },
  );

  it('is no cutoff any more when its mark takes until then', async () => {
    const dependencies = world.dependencies();
    const { store, now, sleep, marginMs } = dependencies;
    let isFirst = true;
    const beginRebuild: RebuildStore['beginRebuild'] = async (cutoff, lastCutoff) => {
      if (isFirst) await sleep(marginMs);
      isFirst = false;
      return store.beginRebuild(cutoff, lastCutoff);
    };
    const { at: cutoff } = await establishCutoff({
      ...dependencies,
      store: { ...store, beginRebuild },
    });
    expect(Date.parse(cutoff)).toBe(now() + marginMs);
  });

  it('is gone when its mark is', async () => {
    const dependencies = world.dependencies();
    const { at: cutoff } = await establishCutoff(dependencies);
    await dependencies.store.abortRebuild(cutoff);
    await expect(readDuringRebuild(cutoff, dependencies)).rejects.toMatchObject(REPLACED);
  });

  it('says what went wrong, though its mark cannot be dropped', async () => {
    const { store } = world.dependencies();
    const abortRebuild = async (): Promise<boolean> => {
      throw new Error('DynamoDB is away');
    };
    const countRows = async () => {
      throw new Error('no right to scan');
    };
    const failing = rebuild({ countRows, store: { ...store, abortRebuild } });
    await expect(failing).rejects.toThrow('no right to scan');
  });

  it('is refused while rows dated past it keep coming, with what to do', async () => {
    const { now } = world.dependencies();
    const START = now();
    world.onRead = async () => {
      world.insert(now() - START + 2 * HOUR);
      await world.count();
    };
    await expect(rebuild()).rejects.toThrow(
      /dated more than 60 s ahead .* --margin above the difference between the clocks of ingest and DynamoDB$/,
    );
    expect(world.counter().rebuild).toBeUndefined();
  });

  it('lies further ahead when reading the rows takes longer than the margin', async () => {
    const { sleep } = world.dependencies();
    world.insert(daysAgo(1), 0);
    await world.count();
    world.onRead = () => sleep(150_000).then(() => undefined);
    expect(await rebuild()).toEqual(EXACT);
  });

  it('is told from one that begins in the same millisecond and takes its place', async () => {
    world.insert(2 * HOUR, 2 * HOUR);
    await world.count();
    const dependencies = world.dependencies();
    const first = await establishCutoff(dependencies);
    const second = await establishCutoff(dependencies);
    expect(Date.parse(second.at)).toBe(Date.parse(first.at) + 1);
    await expect(readDuringRebuild(first.at, dependencies)).rejects.toMatchObject(REPLACED);
    expect((await readDuringRebuild(second.at, dependencies)).total).toBe(2);
  });

  it('is refused when reading the rows takes longer than the six hours that its day allows', async () => {
    const { sleep } = world.dependencies();
    world.insert(daysAgo(1));
    await world.count();
    world.onRead = () => sleep(5 * HOUR).then(() => undefined);
    expect(await rebuild()).toEqual(EXACT);
    world.onRead = () => sleep(7 * HOUR).then(() => undefined);
    await expect(rebuild()).rejects.toThrow('DynamoDB is slow');
    expect(world.counter().rebuild).toBeUndefined();
  });
});
