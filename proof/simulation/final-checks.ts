import { DAY_MS, utcDay } from '../../src/domain/utc-day.ts';
import { assertNoDrift, auditWhileRowsChange } from './audits.ts';
import { isExact, sumOf, visibleErrors } from './errors.ts';
import { drain } from './poller.ts';
import { rebuildUndisturbed } from './rebuilds.ts';
import { replayStream } from './redelivery.ts';
import { assertReplayed } from './replays.ts';
import { assertVerified } from './verifications.ts';
import { assertSame } from './violation.ts';
import type { World } from './world.ts';

/**
 * Stops the faults and throws a Violation unless delivering the remaining records makes every number
 * exact, and neither delayed commits nor a replay of the whole stream changes it afterwards.
 */
export const runFinalChecks = async (world: World): Promise<void> => {
  await drain(world);
  assertSums(world, 'After the last delivery');
  if (isExact(world.store.errors)) await assertExact(world, 'After the last delivery');
  await rebuildUndisturbed(world);
  await assertExact(world, 'After a rebuild');
  await auditWhileRowsChange(world);
  for (const { arrive } of world.delayedCommits) await arrive();
  await assertExact(world, 'After the last delayed commit');
  await replayStream(world, { size: 40, container: 0 });
  await assertReplayed(world, 'At the end');
  await assertExact(world, 'After a replay of the whole stream');
};

const assertSums = ({ model, store }: World, when: string): void => {
  const { total, removed } = store.read();
  const { errors } = store;
  assertSame(`${when}: total`, model.inserts + sumOf(errors.started), total);
  assertSame(`${when}: removed`, model.removes + sumOf(errors.removed), removed);
};

const assertExact = async (world: World, when: string): Promise<void> => {
  const { model, store } = world;
  assertSums(world, when);
  // Midnight may have passed since the rebuild; rows dated past its cutoff are left to the next one.
  const { rebuilt } = store.read();
  const untilMs = rebuilt ? Date.parse(rebuilt.cutoff) : model.nowMs;
  const differences = visibleErrors(store.errors, untilMs).filter((error) => error !== 0);
  assertSame(`${when}: days that differ from the rows`, 0, differences.length);
  assertDays(world, when);
  await assertNoDrift(world, when);
  await assertVerified(world, when);
};

// Older days may still be there, since a day leaves only with a write, but then they must be exact.
const assertDays = ({ model, store }: World, when: string): void => {
  const { startedByDay, removedByDay } = store.read();
  const { started, removed } = store.errors;
  const oldest = utcDay(model.nowMs - 89 * DAY_MS);
  const assertDay = (what: string, [held, truth, errors]: DayNumbers): void => {
    for (const day of new Set([...held.keys(), ...truth.keys(), ...errors.keys()])) {
      if (day < oldest && !held.has(day)) continue;
      const expected = (truth.get(day) ?? 0) + (errors.get(day) ?? 0);
      assertSame(`${when}: ${what} of ${day}`, expected, held.get(day) ?? 0);
    }
  };
  assertDay('sessions', [startedByDay, model.startedByDay, started]);
  assertDay('removed rows', [removedByDay, model.removedByDay, removed]);
};

type DayNumbers = readonly [
  held: ReadonlyMap<string, number>,
  truth: ReadonlyMap<string, number>,
  errors: ReadonlyMap<string, number>,
];
