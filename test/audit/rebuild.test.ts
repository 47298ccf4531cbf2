import { beforeEach, describe, expect, it } from 'vitest';
import { markCutoff, readUnder } from '../../src/audit/cutoff.ts';
import {
  applyCorrection,
  confirmSurvey,
  type RebuildDependencies,
  surveyRows,
} from '../../src/audit/rebuild.ts';
import { type AuditedWorld, createAuditedWorld, daysAgo } from '../support/audited-world.ts';

const HOUR = 3_600_000;
let world: AuditedWorld;
beforeEach(() => {
  world = createAuditedWorld();
});

const rebuild = async (parts: Partial<RebuildDependencies> = {}) => {
  const dependencies = world.dependencies(parts);
  const survey = await confirmSurvey(dependencies, await surveyRows(dependencies));
  await applyCorrection(dependencies, survey.correction);
  const { missing, surplus, uncertainty } = survey;
  return { missing, surplus, uncertainty };
};
const EXACT = { missing: 0, surplus: 0, uncertainty: 0 };

describe('a rebuild of an exact counter moves nothing', () => {
  it('when rows of imported local times are hours ahead', async () => {
    world.insert(daysAgo(3), daysAgo(1), 0, 2 * HOUR, 2 * HOUR, 5 * HOUR, 9 * HOUR, 9 * HOUR);
    await world.count();
    expect(await rebuild()).toEqual(EXACT);
    expect(world.counter()).toMatchObject({ total: 8, removed: 0 });
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
    const markCut = async (cut: string): Promise<boolean> => {
      const isMarked = await store.markCut(cut);
      world.remove(HOUR);
      await world.count();
      return isMarked;
    };
    expect(await rebuild({ store: { ...store, markCut } })).toEqual(EXACT);
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

describe('a rebuild', () => {
  it('refuses while rows dated past the cutoff keep coming, and says what to do', async () => {
    const { now } = world.dependencies();
    const START = now();
    world.onRead = async () => {
      world.insert(now() - START + 2 * HOUR);
      await world.count();
    };
    await expect(rebuild()).rejects.toThrow(/dated more than 60 s ahead .* --margin/);
    expect(world.counter().rebuild).toBeUndefined();
  });

  it('books a removal that was lost as one, and leaves the total', async () => {
    world.insert(daysAgo(2), daysAgo(2), daysAgo(1), 0, 0, 0);
    await world.count();
    world.remove(0);
    world.lose();
    expect(await rebuild()).toEqual({ ...EXACT, surplus: 1 });
    expect(world.counter()).toMatchObject({ total: 6, removed: 1 });
  });

  it('finds sessions that were lost while as many old rows went unheard', async () => {
    world.insert(daysAgo(200), daysAgo(200), daysAgo(200));
    await world.count();
    world.insert(0, 0, 0);
    world.remove(daysAgo(200), daysAgo(200), daysAgo(200));
    world.lose();
    expect(await rebuild()).toEqual({ ...EXACT, missing: 3, surplus: 3 });
    expect(world.counter()).toMatchObject({ total: 6, removed: 3 });
    expect(await rebuild()).toEqual(EXACT);
  });

  it('finds sessions that were lost and are all dated past the cutoff', async () => {
    world.insert(2 * HOUR, 2 * HOUR, 2 * HOUR);
    world.lose();
    expect(await rebuild()).toEqual({ ...EXACT, missing: 3 });
    expect(world.counter()).toMatchObject({ total: 3, removed: 0 });
  });

  it('lowers the total only for those who say so', async () => {
    world.insert(0, 0);
    await world.count();
    world.remove(0);
    world.lose();
    await rebuild({ policy: 'lower-total' });
    expect(world.counter()).toMatchObject({ total: 1, removed: 0 });
  });

  it('is not misled by a deletion that waits to be counted when it begins to read', async () => {
    world.insert(daysAgo(1), daysAgo(1));
    await world.count();
    world.insert(daysAgo(1));
    world.lose();
    world.onSleep = () => {
      world.remove(daysAgo(1));
      world.onSleep = world.count;
    };
    expect(await surveyRows(world.dependencies())).toMatchObject({ ...EXACT, missing: 1 });
  });

  it('is not misled by a deletion that waits to be counted when it has read', async () => {
    const [first, last] = [daysAgo(1), daysAgo(1) + 1];
    world.insert(first, last);
    await world.count();
    world.onSleep = () => {
      world.onRead = () => {
        world.remove(last);
        world.onSleep = world.count;
      };
    };
    expect(await surveyRows(world.dependencies())).toMatchObject({ ...EXACT, uncertainty: 1 });
  });

  it('moves only what two comparisons find', async () => {
    world.insert(0, 0, 0);
    let waits = 0;
    world.onSleep = async () => {
      waits += 1;
      if (waits === 2) await world.count();
    };
    // An open shard gave empty pages for too long, so that all seemed to be counted.
    await expect(rebuild({ isCounted: async () => true })).rejects.toThrow(
      'Two comparisons differ: 3 missing and 0 too many, then 0 missing and 0 too many',
    );
    expect(world.counter()).toMatchObject({ total: 3, rebuild: undefined });
  });

  it('takes a longer lead when reading the rows takes longer than the margin', async () => {
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
    const first = await markCutoff(dependencies);
    const second = await markCutoff(dependencies);
    expect(second.cut).not.toBe(first.cut);
    await expect(readUnder(first.cut, dependencies)).rejects.toThrow('took the place of this one');
    expect((await readUnder(second.cut, dependencies)).total).toBe(2);
  });

  it('does not take the end of another one for its own', async () => {
    world.insert(0);
    world.lose();
    const dependencies = world.dependencies();
    const { correction } = await surveyRows(dependencies);
    await rebuild();
    await expect(applyCorrection(dependencies, correction)).rejects.toThrow(
      'took the place of this one',
    );
    expect(world.counter().total).toBe(1);
  });

  it('is over when the answer to its correction was lost, and moves the counter once', async () => {
    world.insert(0);
    world.lose();
    const { store } = world.dependencies();
    const correct: typeof store.correct = async (...args) => !(await store.correct(...args));
    expect(await rebuild({ store: { ...store, correct } })).toEqual({ ...EXACT, missing: 1 });
    expect(world.counter().total).toBe(1);
  });

  it('moves nothing after a day, and leaves no mark', async () => {
    world.insert(0);
    world.lose();
    const dependencies = world.dependencies();
    const { correction } = await surveyRows(dependencies);
    await dependencies.sleep(25 * HOUR);
    world.insert(25 * HOUR);
    await world.count();
    await expect(applyCorrection(dependencies, correction)).rejects.toThrow('longer than a day');
    expect(world.counter()).toMatchObject({ total: 1, rebuild: undefined });
  });

  it('looks once when nothing is to be corrected, and twice when something is', async () => {
    const { now } = world.dependencies();
    const minutesOfRebuild = async (): Promise<number> => {
      const begin = now();
      await rebuild();
      return Math.round((now() - begin) / 60_000);
    };
    expect(await minutesOfRebuild()).toBe(2);
    world.insert(0);
    world.lose();
    expect(await minutesOfRebuild()).toBe(4);
  });

  it('begins only when reading the rows takes less than the six hours that its day allows', async () => {
    const { sleep } = world.dependencies();
    world.insert(daysAgo(1));
    await world.count();
    world.onRead = () => sleep(5 * HOUR).then(() => undefined);
    expect(await rebuild()).toEqual(EXACT);
    world.onRead = () => sleep(7 * HOUR).then(() => undefined);
    await expect(rebuild()).rejects.toThrow('DynamoDB is slow');
    expect(world.counter().rebuild).toBeUndefined();
  });

  it('gives up when the projector is ten minutes behind, and leaves no mark', async () => {
    world.insert(0);
    const { now } = world.dependencies();
    const begin = now();
    await expect(rebuild()).rejects.toMatchObject({
      name: 'AuditError',
      message: expect.stringContaining('ten minutes behind'),
    });
    expect(Math.round((now() - begin) / 60_000)).toBe(10);
    expect(world.counter().rebuild).toBeUndefined();
  });
});
