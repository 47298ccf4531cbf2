import { describe, expect, it } from 'vitest';
import { readDuringRebuild } from '../../src/audit/begun-rebuilds.ts';
import { establishCutoff } from '../../src/audit/cutoff.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { RebuildStore } from '../../src/domain/rebuild.ts';
import { daysAgo, EXACT, HOUR_MS, useAuditedWorld } from '../support/audited-world.ts';

const { world, rebuild } = useAuditedWorld();

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

  it('is lost when one of them is dropped, and names it', async () => {
    world().insert(0);
    world().of(BLOG).insert(0);
    await world().count();
    const dependencies = world().dependencies();
    const { at } = await establishCutoff(dependencies);
    // What `drop` does to a running rebuild.
    await world().store(BLOG).abortRebuild(at);
    const begun = { cutoff: at, names: [SITE, BLOG] };
    await expect(readDuringRebuild(begun, dependencies)).rejects.toThrow(
      `Another rebuild of the counter ${BLOG} replaced this one, the counter was dropped, or it took`,
    );
  });
});
