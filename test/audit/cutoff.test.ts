import { describe, expect, it } from 'vitest';
import { readDuringRebuild } from '../../src/audit/begun-rebuilds.ts';
import { establishCutoff } from '../../src/audit/cutoff.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { RebuildStore } from '../../src/domain/rebuild.ts';
import { daysAgo, EXACT, HOUR_MS, useAuditedWorld } from '../support/audited-world.ts';

const { world, rebuild } = useAuditedWorld();

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
