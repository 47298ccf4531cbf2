import { describe, expect, it } from 'vitest';
import { applyCorrections } from '../../src/audit/apply-corrections.ts';
import { type Survey, surveyRows } from '../../src/audit/rebuild.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import { daysAgo, EXACT, HOUR_MS, useAuditedWorld } from '../support/audited-world.ts';

const { world, rebuild } = useAuditedWorld();

const siteOf = ({ counters }: Survey) => counters.get(SITE);

describe('a rebuild', () => {
  it('counts a lost removal as one, and keeps the total', async () => {
    world().insert(daysAgo(2), daysAgo(2), daysAgo(1), 0, 0, 0);
    await world().count();
    world().remove(0);
    world().lose();
    expect(await rebuild()).toEqual({ ...EXACT, surplus: 1 });
    expect(world().counter()).toMatchObject({ total: 6, removed: 1 });
  });

  it('finds lost sessions despite an equal number of lost removals of old rows', async () => {
    world().insert(daysAgo(200), daysAgo(200), daysAgo(200));
    await world().count();
    world().insert(0, 0, 0);
    world().remove(daysAgo(200), daysAgo(200), daysAgo(200));
    world().lose();
    expect(await rebuild()).toEqual({ ...EXACT, missing: 3, surplus: 3 });
    expect(world().counter()).toMatchObject({ total: 6, removed: 3 });
    expect(await rebuild()).toEqual(EXACT);
  });

  it('finds lost sessions that are all dated after the cutoff', async () => {
    world().insert(2 * HOUR_MS, 2 * HOUR_MS, 2 * HOUR_MS);
    world().lose();
    expect(await rebuild()).toEqual({ ...EXACT, missing: 3 });
    expect(world().counter()).toMatchObject({ total: 3, removed: 0 });
  });

  it('lowers the total only with that policy', async () => {
    world().insert(0, 0);
    await world().count();
    world().remove(0);
    world().lose();
    await rebuild({ policy: 'lower-total' });
    expect(world().counter()).toMatchObject({ total: 1, removed: 0 });
  });

  it('is not misled by a deletion that is uncounted when the scan begins', async () => {
    world().insert(daysAgo(1), daysAgo(1));
    await world().count();
    world().insert(daysAgo(1));
    world().lose();
    world().onSleep = () => {
      world().remove(daysAgo(1));
      world().onSleep = world().count;
    };
    expect(siteOf(await surveyRows(world().dependencies()))).toMatchObject({
      ...EXACT,
      missing: 1,
    });
  });

  it('is not misled by a deletion that is uncounted when the scan ends', async () => {
    const [first, last] = [daysAgo(1), daysAgo(1) + 1];
    world().insert(first, last);
    await world().count();
    world().onSleep = () => {
      world().onRead = () => {
        world().remove(last);
        world().onSleep = world().count;
      };
    };
    expect(siteOf(await surveyRows(world().dependencies()))).toMatchObject({
      ...EXACT,
      uncertainty: 1,
    });
  });

  it('scans once pending visits are written, even with a clock that is a second ahead', async () => {
    const dependencies = world().dependencies();
    let readMs = 0;
    const countRows: typeof dependencies.countRows = (cutoffMs) => {
      readMs = dependencies.now();
      return dependencies.countRows(cutoffMs);
    };
    const { cutoff } = await surveyRows({ ...dependencies, countRows });
    expect(readMs).toBe(Date.parse(cutoff.at) + dependencies.marginMs + 1_000);
  });

  it('is refused while a retract is running in one of the counters, and leaves none rebuilding', async () => {
    world().insert(0);
    world().of('blog/a').insert(0);
    await world().count();
    const at = '2026-11-23T18:00:00.000Z';
    const retract = {
      kind: 'retract' as const,
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-21T00:00:00.000Z',
      at,
    };
    await world().store('blog/a').beginUndo(retract, undefined);
    await expect(rebuild()).rejects.toMatchObject({
      name: 'AuditError',
      message: expect.stringContaining('A retract of the counter blog/a from 2026-11-20T00'),
    });
    expect(world().counter().rebuild).toBeUndefined();
    expect(world().counter('blog/a').rebuild).toBeUndefined();
  });

  it('is refused when a retract begins just before it, in one of the counters', async () => {
    world().insert(0);
    world().of('blog/a').insert(0);
    await world().count();
    const at = '2026-11-23T18:00:00.000Z';
    const retract = {
      kind: 'retract' as const,
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-21T00:00:00.000Z',
      at,
    };
    const { storeOf } = world().dependencies();
    const racing: typeof storeOf = (name) => {
      const store = storeOf(name);
      const beginRebuild: typeof store.beginRebuild = async (...args) => {
        if (name === 'blog/a') await world().store(name).beginUndo(retract, undefined);
        return store.beginRebuild(...args);
      };
      return { ...store, beginRebuild };
    };
    await expect(rebuild({ storeOf: racing })).rejects.toThrow('A retract of the counter');
    expect(world().counter().rebuild).toBeUndefined();
  });

  it('of sessions that were taken back finds nothing', async () => {
    world().insert(daysAgo(2), daysAgo(2), 0, 0);
    await world().count();
    world().retract(daysAgo(2), 0);
    await world().count();
    expect(await rebuild()).toEqual(EXACT);
    expect(world().counter()).toMatchObject({ total: 2, removed: 0 });
  });

  it('corrects only what two comparisons find', async () => {
    world().insert(0, 0, 0);
    let waits = 0;
    world().onSleep = async () => {
      waits += 1;
      if (waits === 2) await world().count();
    };
    // An open shard returned so many empty pages that everything seemed to be counted.
    await expect(rebuild({ isCounted: async () => true })).rejects.toThrow(
      'Two comparisons differ: 3 missing and 0 too many, then 0 missing and 0 too many. ' +
        'Nothing was changed. Try again when the stream is quiet',
    );
    expect(world().counter()).toMatchObject({ total: 3, rebuild: undefined });
  });

  it('does not mistake the end of another rebuild for its own', async () => {
    world().insert(0);
    world().lose();
    const dependencies = world().dependencies();
    const survey = await surveyRows(dependencies);
    await rebuild();
    await expect(applyCorrections(dependencies, survey)).rejects.toMatchObject({
      ...{ name: 'AuditError', message: expect.stringContaining('replaced this one') },
    });
    expect(world().counter().total).toBe(1);
  });

  it('ends when the response to its correction was lost, and corrects the counter once', async () => {
    world().insert(0);
    world().lose();
    const store = world().store();
    const applyCorrection: typeof store.applyCorrection = async (...args) =>
      !(await store.applyCorrection(...args));
    expect(await rebuild({ storeOf: () => ({ ...store, applyCorrection }) })).toEqual({
      ...EXACT,
      missing: 1,
    });
    expect(world().counter().total).toBe(1);
  });

  it('changes nothing after a day, and is aborted', async () => {
    world().insert(0);
    world().lose();
    const dependencies = world().dependencies();
    const survey = await surveyRows(dependencies);
    await dependencies.sleep(25 * HOUR_MS);
    world().insert(25 * HOUR_MS);
    await world().count();
    await expect(applyCorrections(dependencies, survey)).rejects.toThrow('longer than a day');
    expect(world().counter()).toMatchObject({ total: 1, rebuild: undefined });
  });

  it('compares once when there is nothing to correct, otherwise twice', async () => {
    const { now } = world().dependencies();
    const minutesOfRebuild = async (): Promise<number> => {
      const begin = now();
      await rebuild();
      return Math.round((now() - begin) / 60_000);
    };
    expect(await minutesOfRebuild()).toBe(2);
    world().insert(0);
    world().lose();
    expect(await minutesOfRebuild()).toBe(4);
  });

  it('gives up when the projector is ten minutes behind, and is aborted', async () => {
    world().insert(0);
    const { now } = world().dependencies();
    const begin = now();
    await expect(rebuild()).rejects.toMatchObject({
      name: 'AuditError',
      message: expect.stringContaining('ten minutes behind'),
    });
    expect(Math.round((now() - begin) / 60_000)).toBe(10);
    expect(world().counter().rebuild).toBeUndefined();
  });
});
