import { describe, expect, it } from 'vitest';
import { applyCorrections } from '../../src/audit/apply-corrections.ts';
import { surveyRows } from '../../src/audit/rebuild.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { daysAgo, EXACT, useAuditedWorld } from '../support/audited-world.ts';

const { world, rebuild } = useAuditedWorld();

describe('a rebuild of several counters', () => {
  const BLOG = 'blog/a';

  it('corrects each by its own rows, and the same cutoff', async () => {
    world().insert(daysAgo(1), 0);
    world().of(BLOG).insert(daysAgo(1), daysAgo(1));
    await world().count();
    world().insert(daysAgo(1));
    world().of(BLOG).remove(daysAgo(1));
    world().lose();
    expect(await rebuild()).toEqual({ ...EXACT, missing: 1 });
    expect(world().counter()).toMatchObject({ total: 3, removed: 0, rebuild: undefined });
    expect(world().counter(BLOG)).toMatchObject({ total: 2, removed: 1, rebuild: undefined });
    expect(world().counter().rebuilt?.cutoff).toBe(world().counter(BLOG).rebuilt?.cutoff);
  });

  it('reads the rows three times, however many counters there are', async () => {
    for (const name of ['a', 'b', 'c']) world().of(name).insert(0);
    world().lose();
    let scans = 0;
    world().onRead = () => {
      scans += 1;
    };
    world().insert(0);
    await world().count();
    for (const name of ['a', 'b', 'c']) world().store(name);
    await rebuild();
    expect(scans).toBe(3);
    for (const name of ['a', 'b', 'c']) expect(world().counter(name).total).toBe(1);
  });

  it('counts visits of each counter that are dated after the cutoff for its own', async () => {
    world().insert(0);
    world().of(BLOG).insert(0);
    await world().count();
    const { now } = world().dependencies();
    const START = now();
    let visits = 0;
    const visit = async () => {
      visits += 1;
      world().insert(now() - START);
      world()
        .of(BLOG)
        .insert(now() - START, now() - START);
      await world().count();
    };
    world().onSleep = visit;
    world().onRead = visit;
    expect(await rebuild()).toEqual(EXACT);
    expect(world().counter()).toMatchObject({ total: 1 + visits, removed: 0 });
    expect(world().counter(BLOG)).toMatchObject({ total: 1 + 2 * visits, removed: 0 });
  });

  it('also rebuilds a counter that has rows but no item', async () => {
    world().insert(0);
    await world().count();
    world().of('lost').insert(daysAgo(1), 0);
    world().lose();
    await rebuild();
    expect(world().counter('lost')).toMatchObject({ total: 2, removed: 0 });
  });

  it('leaves a counter that begins meanwhile alone', async () => {
    world().insert(0);
    await world().count();
    const { now } = world().dependencies();
    const START = now();
    world().onRead = async () => {
      world().onRead = () => undefined;
      world()
        .of('new')
        .insert(now() - START);
      await world().count();
    };
    expect(await rebuild()).toEqual(EXACT);
    expect(world().counter('new')).toMatchObject({ total: 1, rebuilt: undefined });
  });

  it('names the counter of which two comparisons differ, and changes none', async () => {
    world().insert(0);
    world().lose();
    world().of(BLOG).insert(0, 0);
    world().store(BLOG);
    world().store();
    let waits = 0;
    world().onSleep = async () => {
      waits += 1;
      if (waits === 2) await world().count();
    };
    await expect(rebuild({ isCounted: async () => true })).rejects.toThrow(
      `Two comparisons of the counter ${BLOG} differ: 2 missing and 0 too many, then 0 missing`,
    );
    expect(world().counter()).toMatchObject({ total: 0, rebuild: undefined });
    expect(world().counter(BLOG)).toMatchObject({ total: 2, rebuild: undefined });
  });

  it('names the counter of which another rebuild replaced it, and corrects the others', async () => {
    for (const name of [SITE, BLOG]) {
      world().of(name).insert(0);
      world().store(name);
    }
    world().lose();
    const dependencies = world().dependencies();
    const survey = await surveyRows(dependencies);
    await world().store(BLOG).abortRebuild(survey.cutoff.at);
    await expect(applyCorrections(dependencies, survey)).rejects.toThrow(
      `${BLOG} not changed, 1 other counters corrected`,
    );
    expect(world().counter()).toMatchObject({ total: 1, rebuild: undefined });
    expect(world().counter(BLOG)).toMatchObject({ total: 0, rebuild: undefined });
  });

  it.each(Array.from({ length: 18 }, (_, call) => call))(
    'leaves each counter exact when it is killed at write %i, and another one corrects what is left',
    async (last) => {
      world().insert(0, daysAgo(1));
      world().of(BLOG).insert(0);
      world().of('c').insert(daysAgo(2));
      await world().count();
      world().of(BLOG).insert(0);
      world().lose();
      let calls = 0;
      const killed = new Error('killed');
      const dying =
        <Args extends unknown[]>(write: (...args: Args) => Promise<boolean>) =>
        async (...args: Args) => {
          calls += 1;
          if (calls > last) throw killed;
          return write(...args);
        };
      const storeOf = (name: string) => {
        const { beginRebuild, abortRebuild, applyCorrection } = world().store(name);
        return {
          beginRebuild: dying(beginRebuild),
          abortRebuild: dying(abortRebuild),
          applyCorrection: dying(applyCorrection),
        };
      };
      await rebuild({ storeOf }).catch((error) => expect(error).toBe(killed));
      world().insert(0);
      world().of(BLOG).insert(0);
      await world().count();
      await rebuild();
      expect(world().counter()).toMatchObject({ total: 3, removed: 0 });
      expect(world().counter(BLOG)).toMatchObject({ total: 3, removed: 0 });
      expect(world().counter('c')).toMatchObject({ total: 1, removed: 0 });
    },
  );
});
