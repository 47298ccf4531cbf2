import { describe, expect, it } from 'vitest';
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
