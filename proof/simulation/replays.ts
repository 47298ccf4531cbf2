import { replayRecords } from '../../src/cli/replay/replay.ts';
import { recordsAbout } from './shard-model.ts';
import { assertSame } from './violation.ts';
import type { World } from './world.ts';

/**
 * Throws a Violation unless replaying a recording of everything about a counter that was ever in the stream, in any
 * order and with duplicates, gives the exact numbers, including records the stream lost.
 */
export const assertReplayed = async (
  { model }: World,
  name: string,
  when: string,
): Promise<void> => {
  const recorded = model.shards.flatMap((shard) =>
    recordsAbout(shard, name).map(({ record }) => ({ shardId: shard.id, record })),
  );
  const again = recorded.filter((_, index) => index % 7 === 0);
  const { counter, late } = await replayRecords([...again, ...recorded.toReversed()]);
  const { inserts, removes } = model.trueCountsOf(name);
  assertSame(`${when}: total of a replayed recording`, inserts, counter.total);
  assertSame(`${when}: removed rows of a replayed recording`, removes, counter.removed);
  assertSame(`${when}: late records of a replayed recording`, 0, late);
};
