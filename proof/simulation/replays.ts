import { replayRecords } from '../../src/cli/replay/replay.ts';
import { EMPTY_COUNTER } from '../../src/domain/counter.ts';
import { COUNTERS } from './counters.ts';
import { assertMonths } from './months.ts';
import { assertSame } from './violation.ts';
import type { World } from './world.ts';

/**
 * Throws a Violation unless replaying a recording of everything that was ever in the stream, in any order and with
 * duplicates, gives the exact numbers of each counter, including records the stream lost.
 */
export const assertReplayed = async ({ model }: World, when: string): Promise<void> => {
  const recorded = model.shards.flatMap(({ id, records }) =>
    records.map(({ record }) => ({ shardId: id, record })),
  );
  const again = recorded.filter((_, index) => index % 7 === 0);
  const { counters, late } = await replayRecords([...again, ...recorded.toReversed()]);
  for (const name of COUNTERS) {
    const counter = counters.get(name) ?? EMPTY_COUNTER;
    const { started, removed, startedByDay } = model.trueCountsOf(name);
    const what = `${when}: ${name}`;
    assertSame(`${what}: total of a replayed recording`, started, counter.total);
    assertSame(`${what}: removed rows of a replayed recording`, removed, counter.removed);
    assertMonths(counter, startedByDay, `${what}, replayed`);
  }
  assertSame(`${when}: late records of a replayed recording`, 0, late);
};
