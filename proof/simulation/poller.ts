import { MAX_REFUSALS } from '../../src/projector/leap-guard.ts';
import { deliverNext } from './delivery.ts';
import { NO_FAULT } from './history.ts';
import { isFinished, type ModelRecord, type ModelShard } from './shard-model.ts';
import { RETENTION_MS } from './stream-model.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** The shards that have records to deliver and whose parent is fully delivered. */
export const readyShards = (world: World): ModelShard[] => {
  if (!world.isPolled) startPolling(world);
  return world.model.shards.filter(
    ({ delivered, records, parent }) =>
      delivered < records.length && (!parent || isFinished(parent)),
  );
};

// With LATEST, a mapping skips everything written before its first poll.
const startPolling = (world: World): void => {
  world.isPolled = true;
  if (world.settings.startingPosition === 'TRIM_HORIZON') return;
  for (const shard of world.model.shards) shard.delivered = shard.records.length;
};

/** The records from `start` to before `end` that the stream still holds, or with `isOld` once held. */
export const availableRecords = (
  { model }: World,
  { records }: ModelShard,
  { start, end, isOld = false }: { start: number; end: number; isOld?: boolean },
): ModelRecord[] =>
  records
    .slice(Math.max(start, 0), end)
    .filter(({ isLost }) => !isLost)
    .filter(({ writtenMs }) => isOld || writtenMs > model.nowMs - RETENTION_MS);

const DRAIN_SIZE = 25;

/** Delivers all remaining records without faults. Throws a Violation when a delivery fails. */
export const drain = async (world: World): Promise<void> => {
  for (let [shard] = readyShards(world); shard; [shard] = readyShards(world)) {
    const before = shard.delivered;
    const records = shard.records.slice(before, before + DRAIN_SIZE);
    await deliverUntilTaken(world, shard, records);
    if (shard.delivered === before)
      throw new Violation('A batch without a fault', 'success', 'failure');
  }
};

// A verification looks at the stream a few times.
const MOST_WAITS = 20;

/**
 * What code does that waits for the projector, which catches up in each wait. Throws a Violation when the code waits
 * on and on: in the model no time passes, so it would never give up.
 */
export const createCatchUp = (world: World): (() => Promise<void>) => {
  let waits = 0;
  return async () => {
    waits += 1;
    if (waits > MOST_WAITS)
      throw new Violation(
        'Waits for a projector that has caught up',
        `${MOST_WAITS} at most`,
        waits,
      );
    await drain(world);
  };
};

// A container that saw records fail refuses later ones, but only a limited number of times, because the
// failed records may have expired.
const deliverUntilTaken = async (
  world: World,
  shard: ModelShard,
  records: readonly ModelRecord[],
): Promise<void> => {
  const before = shard.delivered;
  const refusals = world.shardsWithFailures.has(shard.id) ? MAX_REFUSALS : 0;
  for (let attempt = 0; attempt <= refusals && shard.delivered === before; attempt += 1) {
    await deliverNext(world, { shard, records, container: 0, ...NO_FAULT });
  }
};
