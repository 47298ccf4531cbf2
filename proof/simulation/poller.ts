import { MAX_REFUSALS } from '../../src/projector/leap-guard.ts';
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

/** The records of a shard from `start` to below `end` that the stream holds, or held. */
export const heldRecords = (
  { model }: World,
  { records }: ModelShard,
  { start, end, isOld = false }: { start: number; end: number; isOld?: boolean },
): ModelRecord[] =>
  records
    .slice(Math.max(start, 0), end)
    .filter(({ isLost }) => !isLost)
    .filter(({ writtenMs }) => isOld || writtenMs > model.nowMs - RETENTION_MS);

const DRAIN_SIZE = 25;

/** Delivers all that is left, once and without faults; throws a Violation when that fails. */
export const drain = async (world: World): Promise<void> => {
  for (let [shard] = readyShards(world); shard; [shard] = readyShards(world)) {
    const before = shard.delivered;
    const records = shard.records.slice(before, before + DRAIN_SIZE);
    await deliverUntilTaken(world, shard, records);
    if (shard.delivered === before)
      throw new Violation('A batch without a fault', 'taken', 'failed');
  }
};

// A container that saw records fail refuses what comes behind them, but not for ever: they may
// have left the stream.
const deliverUntilTaken = async (
  world: World,
  shard: ModelShard,
  records: readonly ModelRecord[],
): Promise<void> => {
  const before = shard.delivered;
  const refusals = world.shaken.has(shard.id) ? MAX_REFUSALS : 0;
  for (let attempt = 0; attempt <= refusals && shard.delivered === before; attempt += 1) {
    await deliverNext(world, { shard, records, container: 0, ...UNHARMED });
  }
};
