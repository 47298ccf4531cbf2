import { deliverNext } from './delivery.ts';
import { UNHARMED } from './history.ts';
import { isFinished, type ModelRecord, type ModelShard } from './shard-model.ts';
import { RETENTION_MS } from './stream-model.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** The shards that have something to deliver, and whose parent is delivered to its end. */
export const readyShards = (world: World): ModelShard[] => {
  if (!world.isPolled) startPolling(world);
  return world.model.shards.filter(
    ({ delivered, records, parent }) =>
      delivered < records.length && (!parent || isFinished(parent)),
  );
};

// From the latest record on, a mapping passes what was written before its first poll.
const startPolling = (world: World): void => {
  world.isPolled = true;
  if (world.settings.startingPosition === 'TRIM_HORIZON') return;
  for (const shard of world.model.shards) shard.delivered = shard.records.length;
};

/** The records of a shard from `start` to below `end` that the stream still holds. */
export const heldRecords = (
  { model }: World,
  { records }: ModelShard,
  [start, end]: readonly [number, number],
): ModelRecord[] =>
  records
    .slice(Math.max(start, 0), end)
    .filter(({ writtenMs }) => writtenMs > model.nowMs - RETENTION_MS);

const DRAIN_SIZE = 25;

/** Delivers all that is left, once and without faults; throws a Violation when that fails. */
export const drain = async (world: World): Promise<void> => {
  for (let [shard] = readyShards(world); shard; [shard] = readyShards(world)) {
    const before = shard.delivered;
    const records = shard.records.slice(before, before + DRAIN_SIZE);
    await deliverNext(world, { shard, records, container: 0, ...UNHARMED });
    if (shard.delivered === before)
      throw new Violation('A batch without a fault', 'taken', 'failed');
  }
};
