import { NO_FAULT, type Step } from './history.ts';
import { invoke } from './invocation.ts';
import { availableRecords } from './poller.ts';
import type { ModelShard } from './shard-model.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

/** The shards with at least one delivered record. */
export const startedShards = ({ model }: World): ModelShard[] =>
  model.shards.filter(({ delivered }) => delivered > 0);

/** Redelivers a batch that ends before, at or after the last delivered record. */
export const redeliver = async (
  world: World,
  shard: ModelShard,
  step: Extract<Step, { op: 'redeliver' }>,
): Promise<void> => {
  const start = Math.max(shard.delivered - step.back, 0);
  const place = { start, end: start + step.size, isOld: step.isOld };
  const records = availableRecords(world, shard, place);
  if (records.length === 0) return;
  const delivered = shard.records[shard.delivered - 1]?.sequence ?? 0n;
  const reachesBeyond = (records.at(-1)?.sequence ?? 0n) > delivered;
  const taken = await invoke(world, { ...step, shard, records });
  world.countEvent(reachesBeyond ? 'overlapping batch' : 'duplicate or late batch');
  if (!taken && step.fault === 'none' && !world.shardsWithFailures.has(shard.id)) {
    throw new Violation('A redelivered batch', 'success', 'failure');
  }
};

/** Redelivers every delivered record that the stream still holds. Throws a Violation on any write. */
export const replayStream = async (
  world: World,
  { size, container }: Pick<Extract<Step, { op: 'replay' }>, 'size' | 'container'>,
): Promise<void> => {
  const committed = world.counters.sumOf('committed');
  const before = world.deliveries;
  for (const shard of startedShards(world)) {
    const held = availableRecords(world, shard, { start: 0, end: shard.delivered });
    for (let start = 0; start < held.length; start += size) {
      const batch = { shard, records: held.slice(start, start + size), container };
      const taken = await invoke(world, { ...batch, ...NO_FAULT });
      if (!taken) throw new Violation('A batch of a replay', 'success', 'failure');
    }
  }
  assertSame('Writes of a replay', 0, world.counters.sumOf('committed') - committed);
  if (world.deliveries > before) world.countEvent('replay of the whole stream');
};
