import { DAY_MS, utcDay } from '../src/domain/utc-day.ts';
import { assertNoDrift, auditWhileRowsChange } from './audits.ts';
import { drain } from './poller.ts';
import { rebuildInPeace } from './rebuilds.ts';
import { replayStream } from './redelivery.ts';
import { assertSame } from './violation.ts';
import type { World } from './world.ts';

/**
 * Ends the faults: one more delivery of what is left must make everything exact, and then neither
 * the commits that are still on their way nor a replay of the whole stream may change it.
 */
export const comeToRest = async (world: World): Promise<void> => {
  await drain(world);
  if (isUnspoilt(world)) assertTruth(world, 'At rest');
  await rebuildInPeace(world);
  assertTruth(world, 'After a rebuild in peace');
  await auditWhileRowsChange(world);
  for (const { resume } of world.zombies) await resume();
  assertTruth(world, 'After the last late commit');
  await replayStream(world, { size: 40, container: 0 });
  assertTruth(world, 'After a replay of the whole stream');
};

const isUnspoilt = ({ ledger: { spoils } }: World): boolean =>
  spoils.total === 0 && [...spoils.byDay.values()].every((by) => by === 0);

const assertTruth = (world: World, when: string): void => {
  const { model, ledger } = world;
  const { total, removed } = ledger.read();
  assertSame(`${when} the total`, model.inserts, total);
  assertSame(`${when} removed`, model.removes, removed);
  assertSame(`${when} the rows that are left`, model.rows.size, total - removed);
  assertDays(world, when);
  assertNoDrift(world, when);
};

// What is older may be there still, for it leaves with a write, but then it must be right.
const assertDays = ({ model, ledger }: World, when: string): void => {
  const { startedByDay } = ledger.read();
  const { byDay: spoils } = ledger.spoils;
  const oldest = utcDay(model.nowMs - 89 * DAY_MS);
  for (const [day, count] of model.startedByDay) {
    if (day >= oldest)
      assertSame(
        `${when} the sessions of ${day}`,
        count + (spoils.get(day) ?? 0),
        startedByDay.get(day),
      );
  }
  for (const [day, count] of startedByDay) {
    const truth = (model.startedByDay.get(day) ?? 0) + (spoils.get(day) ?? 0);
    assertSame(`${when} the sessions of ${day}`, truth, count);
  }
};
