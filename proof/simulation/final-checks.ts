import { DAY_MS, utcDay } from '../../src/domain/utc-day.ts';
import { assertNoDrift, auditWhileRowsChange } from './audits.ts';
import type { CheckedStore } from './checked-store.ts';
import { COUNTERS } from './counters.ts';
import { isExact, sumOf, visibleErrors } from './errors.ts';
import { assertMonths } from './months.ts';
import { drain } from './poller.ts';
import { rebuildUndisturbed } from './rebuilds.ts';
import { replayStream } from './redelivery.ts';
import { assertReplayed } from './replays.ts';
import { finishUndos } from './undos.ts';
import { assertVerified } from './verifications.ts';
import { assertSame } from './violation.ts';
import type { World } from './world.ts';

/**
 * Stops the faults and throws a Violation unless delivering the remaining records makes every number
 * exact, and neither delayed commits nor a replay of the whole stream changes it afterwards.
 */
export const runFinalChecks = async (world: World): Promise<void> => {
  await finishUndos(world);
  await drain(world);
  for (const counter of COUNTERS) assertSums(world, counter, `After the last delivery: ${counter}`);
  const areExact = COUNTERS.every((counter) => isExact(world.counters.of(counter).errors));
  if (areExact) await assertAllExact(world, 'After the last delivery');
  await rebuildUndisturbed(world);
  await assertAllExact(world, 'After a rebuild');
  await auditWhileRowsChange(world);
  for (const { arrive } of world.delayedCommits) await arrive();
  await assertAllExact(world, 'After the last delayed commit');
  await replayStream(world, { size: 40, container: 0 });
  await assertReplayed(world, 'At the end');
  // It wrote nothing, so audit and verify would find the same again.
  for (const counter of COUNTERS)
    assertExact(world, counter, `After a replay of the whole stream: ${counter}`);
};

const assertAllExact = async (world: World, when: string): Promise<void> => {
  for (const counter of COUNTERS) assertExact(world, counter, `${when}: ${counter}`);
  await assertNoDrift(world, when);
  await assertVerified(world, when);
};

const assertSums = ({ model, counters }: World, counter: string, when: string): void => {
  const { read, errors } = counters.of(counter);
  const { total, removed } = read();
  const counts = model.trueCountsOf(counter);
  assertSame(`${when}: total`, counts.started + sumOf(errors.started), total);
  assertSame(`${when}: removed`, counts.removed + sumOf(errors.removed), removed);
  assertMonths(read(), [...counts.startedByDay, ...errors.started], when);
};

const assertExact = (world: World, counter: string, when: string): void => {
  const { model, counters } = world;
  const store = counters.of(counter);
  assertSums(world, counter, when);
  // Midnight may have passed since the rebuild; rows dated past its cutoff are left to the next one.
  const { rebuilt } = store.read();
  const untilMs = rebuilt ? Date.parse(rebuilt.cutoff) : model.nowMs;
  const differences = visibleErrors(store.errors, untilMs).filter((error) => error !== 0);
  assertSame(`${when}: days that differ from the rows`, 0, differences.length);
  assertDays(world, counter, when);
};

// Older days may still be there, since a day leaves only with a write, but then they must be exact.
const assertDays = ({ model, counters }: World, counter: string, when: string): void => {
  const store: CheckedStore = counters.of(counter);
  const { startedByDay, removedByDay } = store.read();
  const { started, removed } = store.errors;
  const counts = model.trueCountsOf(counter);
  const oldest = utcDay(model.nowMs - 89 * DAY_MS);
  const assertDay = (what: string, [held, truth, errors]: DayNumbers): void => {
    for (const day of new Set([...held.keys(), ...truth.keys(), ...errors.keys()])) {
      if (day < oldest && !held.has(day)) continue;
      const expected = (truth.get(day) ?? 0) + (errors.get(day) ?? 0);
      assertSame(`${when}: ${what} of ${day}`, expected, held.get(day) ?? 0);
    }
  };
  assertDay('sessions', [startedByDay, counts.startedByDay, started]);
  assertDay('removed rows', [removedByDay, counts.removedByDay, removed]);
};

type DayNumbers = readonly [
  held: ReadonlyMap<string, number>,
  truth: ReadonlyMap<string, number>,
  errors: ReadonlyMap<string, number>,
];
