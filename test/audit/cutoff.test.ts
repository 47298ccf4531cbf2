import { describe, expect, it } from 'vitest';
import { readDuringRebuild } from '../../src/audit/begun-rebuilds.ts';
import { establishCutoff } from '../../src/audit/cutoff.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { RebuildStore } from '../../src/domain/rebuild.ts';
import { daysAgo, EXACT, HOUR_MS, useAuditedWorld } from '../support/audited-world.ts';

const { world, rebuild } = useAuditedWorld();

describe('a rebuild of an exact counter changes nothing', () => {
  it('when rows with imported local times are hours ahead', async () => {
    world().insert(
      daysAgo(3),
      daysAgo(1),
      0,
      2 * HOUR_MS,
      2 * HOUR_MS,
      5 * HOUR_MS,
      9 * HOUR_MS,
      9 * HOUR_MS,
    );
    await world().count();
    expect(await rebuild()).toEqual(EXACT);
    expect(world().counter()).toMatchObject({ total: 8, removed: 0 });
  });

  it('when it begins late, and a visit hides after empty pages of an open shard', async () => {
    const dependencies = world().dependencies({ isCounted: async () => true });
    const visitWhileItBegins = async (): Promise<void> => {
      await dependencies.sleep(2 * dependencies.marginMs);
      world().insert(2 * dependencies.marginMs);
      world().onSleep = () => world().count();
    };
    let isFirst = true;
    const beginRebuild: RebuildStore['beginRebuild'] = async (cutoff, lastCutoff) => {
      if (isFirst) await visitWhileItBegins();
      isFirst = false;
      return world().store().beginRebuild(cutoff, lastCutoff);
    };
    expect(
      await rebuild({ ...dependencies, storeOf: () => ({ ...world().store(), beginRebuild }) }),
    ).toEqual(EXACT);
    expect(world().counter()).toMatchObject({ total: 1, removed: 0 });
  });

  it('when some rows dated ahead are deleted before it begins, and some after', async () => {
    world().insert(HOUR_MS, HOUR_MS, HOUR_MS, 2 * HOUR_MS);
    world().remove(2 * HOUR_MS);
    await world().count();
    world().onSleep = async () => {
      world().remove(HOUR_MS);
      await world().count();
      world().onSleep = () => undefined;
    };
    expect(await rebuild()).toEqual(EXACT);
    expect(world().counter()).toMatchObject({ total: 4, removed: 2 });
  });

  it('when some rows dated ahead are deleted between its beginning and its scan', async () => {
    world().insert(HOUR_MS, HOUR_MS, HOUR_MS);
    await world().count();
    const store = world().store();
    const beginRebuild: RebuildStore['beginRebuild'] = async (cutoff, lastCutoff) => {
      const isBegun = await store.beginRebuild(cutoff, lastCutoff);
      world().remove(HOUR_MS);
      await world().count();
      return isBegun;
    };
    expect(await rebuild({ storeOf: () => ({ ...store, beginRebuild }) })).toEqual(EXACT);
  });

  it('when one row dated ahead is deleted during its scan', async () => {
    world().insert(HOUR_MS, HOUR_MS, HOUR_MS);
    await world().count();
    world().onRead = async () => {
      world().onRead = () => undefined;
      world().remove(HOUR_MS);
      await world().count();
    };
    expect(await rebuild()).toEqual(EXACT);
  });

  it('when a current visit is read as the cutoff passes, and its shard looks counted', async () => {
    const { now, sleep } = world().dependencies();
    const START = now();
    world().onRead = async () => {
      world().onRead = () => undefined;
      await sleep(150_000);
      world().insert(now() - START);
      world().onSleep = world().count;
    };
    expect(await rebuild({ isCounted: async () => true })).toEqual(EXACT);
    expect(world().counter()).toMatchObject({ total: 1, removed: 0 });
  });

  it('when the clock of ingest is ahead by less than the margin, with a steady stream of visits', async () => {
    const ahead = 30_000;
    let elapsed = 0;
    const dependencies = world().dependencies();
    const visit = async () => {
      elapsed = dependencies.now() - START;
      world().insert(elapsed + ahead, elapsed + ahead);
      await world().count();
    };
    const START = dependencies.now();
    world().onRead = visit;
    world().onSleep = visit;
    await visit();
    expect(await rebuild(dependencies)).toEqual(EXACT);
  });

  it('when the clock of ingest was a hundred days ahead and then correct, and loses no day', async () => {
    world().insert(daysAgo(50), daysAgo(1), 0);
    await world().count();
    world().insert(...Array.from({ length: 7 }, () => daysAgo(-100)));
    await world().count();
    world().insert(0, 0);
    await world().count();
    expect(await rebuild()).toEqual(EXACT);
    expect(world().counter()).toMatchObject({ total: 12, removed: 0 });
    expect([...world().counter().startedByDay.values()]).toEqual([1, 1, 3, 7]);
  });
});

const REBUILD_LOST = {
  ...{ name: 'AuditError', message: expect.stringContaining('replaced this one') },
};

/** A store in which this many rebuilds fail to begin: another one begins first, or aborts them immediately. */
const storeThatFailsToBegin = (times: number, cause: 'preceded' | 'aborted') => {
  const store = world().store();
  let left = times;
  const beginRebuild: RebuildStore['beginRebuild'] = async (cutoff, lastCutoff) => {
    left -= 1;
    if (left < 0) return store.beginRebuild(cutoff, lastCutoff);
    if (cause === 'preceded') await store.beginRebuild('2026-11-23T23:00:00.000Z', lastCutoff);
    const isBegun = await store.beginRebuild(cutoff, lastCutoff);
    if (cause === 'aborted') await store.abortRebuild(cutoff);
    return isBegun;
  };
  return () => ({ ...store, beginRebuild });
};

describe('a cutoff', () => {
  it.each(['preceded', 'aborted'] as const)(
    'is established at the fifth attempt after four that were %s, and there is no sixth',
    async (cause) => {
      world().insert(daysAgo(1));
      await world().count();
      expect(await rebuild({ storeOf: storeThatFailsToBegin(4, cause) })).toEqual(EXACT);
      const beginning = rebuild({ storeOf: storeThatFailsToBegin(5, cause) });
      await expect(beginning).rejects.toMatchObject({
        ...{ name: 'AuditError', message: expect.stringContaining('The rebuild could not begin') },
      });
    },
  );

  it('is replaced by a later one when beginning took until the cutoff', async () => {
    const dependencies = world().dependencies();
    const { now, sleep, marginMs } = dependencies;
    const store = world().store();
    let isFirst = true;
    const beginRebuild: RebuildStore['beginRebuild'] = async (cutoff, lastCutoff) => {
      if (isFirst) await sleep(marginMs);
      isFirst = false;
      return store.beginRebuild(cutoff, lastCutoff);
    };
    const { at: cutoff } = await establishCutoff({
      ...dependencies,
      storeOf: () => ({ ...store, beginRebuild }),
    });
    expect(Date.parse(cutoff)).toBe(now() + marginMs);
  });

  it('is lost when its rebuild is aborted', async () => {
    const dependencies = world().dependencies();
    const { at: cutoff } = await establishCutoff(dependencies);
    await world().store().abortRebuild(cutoff);
    await expect(readDuringRebuild({ cutoff, names: [SITE] }, dependencies)).rejects.toMatchObject(
      REBUILD_LOST,
    );
  });

  it('throws the original error when its rebuild cannot be aborted', async () => {
    const store = world().store();
    const abortRebuild = async (): Promise<boolean> => {
      throw new Error('DynamoDB is away');
    };
    const countRows = async () => {
      throw new Error('no right to scan');
    };
    const failing = rebuild({ countRows, storeOf: () => ({ ...store, abortRebuild }) });
    await expect(failing).rejects.toThrow('no right to scan');
  });

  it('is refused while rows dated after it keep arriving, with advice', async () => {
    const { now } = world().dependencies();
    const START = now();
    world().onRead = async () => {
      world().insert(now() - START + 2 * HOUR_MS);
      await world().count();
    };
    await expect(rebuild()).rejects.toThrow(
      /dated more than 60 s ahead .* --margin above the difference between the clocks of ingest and DynamoDB$/,
    );
    expect(world().counter().rebuild).toBeUndefined();
  });

  it('is set further ahead when the scan takes longer than the margin', async () => {
    const { sleep } = world().dependencies();
    world().insert(daysAgo(1), 0);
    await world().count();
    world().onRead = () => sleep(150_000).then(() => undefined);
    expect(await rebuild()).toEqual(EXACT);
  });

  it('differs from that of a rebuild that replaces it in the same millisecond', async () => {
    world().insert(2 * HOUR_MS, 2 * HOUR_MS);
    await world().count();
    const dependencies = world().dependencies();
    const readSite = (cutoff: string) => readDuringRebuild({ cutoff, names: [SITE] }, dependencies);
    const first = await establishCutoff(dependencies);
    const second = await establishCutoff(dependencies);
    expect(Date.parse(second.at)).toBe(Date.parse(first.at) + 1);
    await expect(readSite(first.at)).rejects.toMatchObject(REBUILD_LOST);
    expect((await readSite(second.at)).get(SITE)).toMatchObject({ total: 2 });
  });

  it('is refused when the scan takes longer than the six hours that its day allows', async () => {
    const { sleep } = world().dependencies();
    world().insert(daysAgo(1));
    await world().count();
    world().onRead = () => sleep(5 * HOUR_MS).then(() => undefined);
    expect(await rebuild()).toEqual(EXACT);
    world().onRead = () => sleep(7 * HOUR_MS).then(() => undefined);
    await expect(rebuild()).rejects.toThrow('DynamoDB is slow');
    expect(world().counter().rebuild).toBeUndefined();
  });
});

describe('a cutoff of several counters', () => {
  const BLOG = 'blog/a';

  it('excludes the rows of each counter that are dated after it from that counter alone', async () => {
    world().insert(HOUR_MS, 0);
    world()
      .of(BLOG)
      .insert(HOUR_MS, HOUR_MS, 2 * HOUR_MS, daysAgo(1));
    await world().count();
    expect(await rebuild()).toEqual(EXACT);
    expect(world().counter()).toMatchObject({ total: 2, removed: 0 });
    expect(world().counter(BLOG)).toMatchObject({ total: 4, removed: 0 });
  });

  it('is refused while rows of one of them that are dated after it keep arriving, and names it', async () => {
    world().insert(0);
    world().of(BLOG).insert(0);
    await world().count();
    const { now } = world().dependencies();
    const START = now();
    world().onRead = async () => {
      world()
        .of(BLOG)
        .insert(now() - START + 2 * HOUR_MS);
      await world().count();
    };
    await expect(rebuild()).rejects.toThrow(`Rows of the counter ${BLOG} dated more than 60 s`);
    expect(world().counter().rebuild).toBeUndefined();
    expect(world().counter(BLOG).rebuild).toBeUndefined();
  });

  it('is left in none of them when one of them cannot begin', async () => {
    world().insert(0);
    world().of(BLOG).insert(0);
    await world().count();
    const storeOf = (counter: string): RebuildStore => {
      const store = world().store(counter);
      return counter === SITE ? store : { ...store, beginRebuild: async () => false };
    };
    await expect(rebuild({ storeOf })).rejects.toThrow('The rebuild could not begin');
    expect(world().counter().rebuild).toBeUndefined();
  });

  it('differs from the last cutoff of each of them', async () => {
    world().insert(0);
    world().of(BLOG).insert(0);
    await world().count();
    const dependencies = world().dependencies();
    const first = await establishCutoff(dependencies);
    await world().store(BLOG).abortRebuild(first.at);
    const later = new Date(Date.parse(first.at) + 1).toISOString();
    await world().store(BLOG).beginRebuild(later, first.at);
    const second = await establishCutoff(dependencies);
    expect(Date.parse(second.at)).toBe(Date.parse(first.at) + 2);
  });
});
