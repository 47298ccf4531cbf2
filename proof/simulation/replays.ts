import { replayRecords } from '../../src/cli/replay/replay.ts';
import { assertSame } from './violation.ts';
import type { World } from './world.ts';

/**
 * A recording of all that was ever in the stream, in any order and with repeats, must come to the
 * truth: also what the stream lost before the projector saw it.
 */
export const assertReplayed = async ({ model }: World, when: string): Promise<void> => {
  const recorded = model.shards.flatMap(({ id, records }) =>
    records.map(({ record }) => ({ shardId: id, record })),
  );
  const again = recorded.filter((_, index) => index % 7 === 0);
  const { counter, late } = await replayRecords([...again, ...recorded.toReversed()]);
  assertSame(`${when} the total of a recording`, model.inserts, counter.total);
  assertSame(`${when} the removed rows of a recording`, model.removes, counter.removed);
  assertSame(`${when} the late records of a recording`, 0, late);
};
