import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCapacityMeter } from '../../measure/capacity-meter.ts';
import { useDatabase } from '../support/embedded-database.ts';
import {
  deployIndex,
  type IndexDeployment,
  type IndexOptions,
  setClock,
} from '../support/index-deployment.ts';
import { openFreshTables } from '../support/projected-database.ts';

const database = useDatabase();
const NOW_MS = Date.parse('2030-01-02T00:00:00.000Z');
const MINUTE_MS = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW_MS }));
afterEach(() => void vi.useRealTimers());

const SESSIONS = Array.from({ length: 12 }, (_, number) => `session ${number}`);

const open = async (options?: IndexOptions) => {
  const tables = await openFreshTables(database());
  const index = await deployIndex(tables, options);
  const visitAll = async (sessions = SESSIONS) => {
    for (const session of sessions) await index.visit(session);
  };
  return { ...tables, ...index, visitAll };
};

describe('a change of the partitions', () => {
  it.each([
    { numbers: [4, 1] },
    { numbers: [1, 4] },
    { numbers: [4, 2, 1] },
    { numbers: [1, 64, 1] },
    { numbers: [4, 1, 4] },
  ])('counts the sessions of before and after, none twice: $numbers', async ({ numbers }) => {
    const { deploy, visit, visitAll, countActive } = await open();
    const [first = 1, ...others] = numbers;
    await deploy(first);
    await visitAll();
    for (const [change, number] of others.entries()) {
      setClock(NOW_MS + (change + 1) * 10 * MINUTE_MS);
      await deploy(number);
      expect(await countActive()).toBe(12 + change);
      // The row of the first moves to another partition, or stays.
      await visit(`session ${change}`);
      await visit(`new session ${change}`);
      expect(await countActive()).toBe(13 + change);
    }
    // The sessions of the first moment end, but for those with another visit.
    setClock(NOW_MS + 60 * MINUTE_MS);
    expect(await countActive()).toBe(2 * others.length);
  });

  it('counts the sessions that are written during a deployment, with the former number', async () => {
    const { deploy, begin, finish, visitAll, countActive } = await open();
    await deploy(4);
    await begin(1);
    await visitAll();
    expect(await countActive()).toBe(12);
    finish();
    expect(await countActive()).toBe(12);
  });

  it('counts the sessions of a version that had four partitions', async () => {
    const { visitAll, begin, countActive } = await open({ earlierShards: 4 });
    await visitAll(['session 0']);
    await begin(1);
    await visitAll();
    expect(await countActive()).toBe(12);
  });

  it('is read for 25 hours, at half a unit for each partition, and then no longer', async () => {
    const { client, deploy, visitAll, countActive } = await open();
    await deploy(4);
    await visitAll();
    await deploy(1);
    const meter = createCapacityMeter(client);
    const hours = [0, 24.99, 25, 100];
    const units: number[] = [];
    for (const hour of hours) {
      setClock(NOW_MS + hour * 60 * MINUTE_MS);
      units.push((await meter(countActive)).readUnits);
    }
    expect(units).toEqual([2, 2, 0.5, 0.5]);
  });
});

interface Step {
  readonly visit?: string[];
  /** Minutes. */
  readonly wait?: number;
  /** The number of partitions to change to. */
  readonly begin?: number;
  readonly finish?: boolean;
}

const someSessions = fc.subarray(SESSIONS, { minLength: 3, maxLength: 6 });
const someNumber = fc.constantFrom(1, 2, 4, 16);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ visit: someSessions }) },
  { weight: 2, arbitrary: fc.record({ wait: fc.constantFrom(1, 20, 59, 61, 1_439, 1_500) }) },
  { weight: 3, arbitrary: fc.record({ begin: someNumber, finish: fc.constant(true) }) },
  { weight: 1, arbitrary: fc.record({ begin: someNumber }) },
  { weight: 1, arbitrary: fc.record({ finish: fc.constant(true) }) },
);

/** What a step does to a stack. An unfinished change is rolled back, by another change, before the next. */
const createSteps = ({ begin, finish, visit }: IndexDeployment) => {
  let [former, current, isFinished] = [1, 1, true];
  const end = () => {
    finish();
    isFinished = true;
  };
  const change = async (activeShards: number) => {
    if (!isFinished) {
      await begin(former);
      current = former;
    }
    await begin(activeShards);
    [former, current, isFinished] = [current, activeShards, false];
  };
  return async (one: Step): Promise<void> => {
    for (const session of one.visit ?? []) await visit(session);
    if (one.begin !== undefined) await change(one.begin);
    if (one.finish) end();
    if (one.wait === undefined) return;
    // A deployment comes to the writers within some minutes.
    if (one.wait > LONGEST_DEPLOYMENT_MINUTES) end();
    setClock(Date.now() + one.wait * MINUTE_MS);
  };
};

const LONGEST_DEPLOYMENT_MINUTES = 30;

/** Plays the steps; after each, compares the count with the sessions last seen within the window. */
const play = async (
  stack: IndexDeployment,
  { steps, activeWindowMinutes }: { steps: readonly Step[]; activeWindowMinutes: number },
): Promise<void> => {
  await stack.deploy(1);
  const run = createSteps(stack);
  const seen = new Map<string, number>();
  for (const one of steps) {
    await run(one);
    for (const session of one.visit ?? []) seen.set(session, Date.now());
    const since = Date.now() - activeWindowMinutes * MINUTE_MS;
    const active = [...seen.values()].filter((at) => at > since);
    expect(await stack.countActive()).toBe(active.length);
  }
};

it('whatever changes, the count is that of the sessions last seen within the window', async () => {
  const world = fc.record({
    steps: fc.array(step, { minLength: 8, maxLength: 16 }),
    activeWindowMinutes: fc.constantFrom(60, 1_440),
  });
  // All in the same tables, long after the sessions of the world before.
  const tables = await openFreshTables(database());
  let worlds = 0;
  const property = fc.asyncProperty(world, async (given) => {
    worlds += 1;
    setClock(NOW_MS + worlds * 100 * 1_440 * MINUTE_MS);
    await play(await deployIndex(tables, given), given);
  });
  await fc.assert(property, { numRuns: 10 });
}, 60_000);
