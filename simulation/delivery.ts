import type { Fault } from './history.ts';
import { isFinished, type ModelRecord, type ModelShard } from './shard-model.ts';
import { RETENTION_MS } from './stream-model.ts';
import { assertSame, Violation } from './violation.ts';
import { startContainer, type World } from './world.ts';

/** A batch on its way to a container. */
export interface Batch {
  readonly shard: ModelShard;
  readonly records: readonly ModelRecord[];
  readonly container: number;
  readonly fault: Fault;
}

/**
 * Delivers the next records of a shard as the mapping's settings say, and moves the event
 * source's position when they were taken.
 */
export const deliverNext = async (world: World, batch: Batch): Promise<void> => {
  const { shard, records } = batch;
  const taken = await deliverAsSet(world, batch);
  world.failures.set(shard.id, taken ? 0 : (world.failures.get(shard.id) ?? 0) + 1);
  if (taken || isGivenUp(world, batch)) shard.delivered += records.length;
};

// Parallel lanes keep the order per row and not per shard; which lane is first, nobody says.
const deliverAsSet = async (world: World, batch: Batch): Promise<boolean> => {
  const lanes = world.settings.parallelizationFactor;
  if (lanes > 1) return deliverParts(world, batch, splitIntoLanes(batch.records, lanes));
  if (await invoke(world, batch)) return true;
  const { records } = batch;
  if (!world.settings.bisectBatchOnFunctionError || records.length < 2) return false;
  const middle = records.length >> 1;
  return deliverParts(world, batch, [records.slice(middle), records.slice(0, middle)]);
};

const splitIntoLanes = (records: readonly ModelRecord[], lanes: number): ModelRecord[][] =>
  Array.from({ length: lanes }, (_, lane) =>
    records.filter(({ sequence }) => Number(sequence % BigInt(lanes)) === lane),
  ).reverse();

const deliverParts = async (
  world: World,
  batch: Batch,
  parts: readonly (readonly ModelRecord[])[],
): Promise<boolean> => {
  let taken = true;
  for (const records of parts) {
    taken = (await invoke(world, { ...batch, records, fault: 'none' })) && taken;
  }
  return taken;
};

const isGivenUp = ({ settings, failures, model }: World, { shard, records }: Batch): boolean => {
  const { maximumRetryAttempts, maximumRecordAgeSeconds } = settings;
  const ageMs = model.nowMs - (records[0]?.writtenMs ?? model.nowMs);
  const isTired = maximumRetryAttempts >= 0 && (failures.get(shard.id) ?? 0) > maximumRetryAttempts;
  const isOld = maximumRecordAgeSeconds >= 0 && ageMs > maximumRecordAgeSeconds * 1000;
  return isTired || isOld;
};

/** Calls a container with a batch; whether it answered that it took the whole of it. */
export const invoke = async (world: World, batch: Batch): Promise<boolean> => {
  const handler = world.containers[batch.container];
  if (handler === undefined) throw new Error(`There is no container ${batch.container}`);
  world.invocations += 1;
  world.deliveries += batch.records.length;
  world.nextFault = batch.fault;
  const committed = world.ledger.writes.committed;
  const held = batch.fault === 'zombie' ? awaitHold(world) : undefined;
  const Records = batch.records.map(({ record }) => record);
  const shardId = world.settings.tumblingWindowSeconds > 0 ? { shardId: batch.shard.id } : {};
  const answered = handler({ ...shardId, Records }).then(() => true, rethrowViolation);
  const outcome = held
    ? await Promise.race([answered, held.then(() => 'held' as const)])
    : await answered;
  world.nextFault = 'none';
  if (outcome === 'held') {
    await keepZombie(world, answered, held);
    return false;
  }
  assertSame(
    'Successful writes of an invocation',
    true,
    world.ledger.writes.committed - committed <= 1,
  );
  if (outcome) assertCovered(world, batch);
  else if (batch.fault !== 'throttle') startContainer(world, batch.container);
  return outcome;
};

const rethrowViolation = (error: unknown): false => {
  if (error instanceof Violation) throw error;
  return false;
};

const awaitHold = (world: World): Promise<() => void> =>
  new Promise((resolve) => {
    world.onHeld = resolve;
  });

const keepZombie = async (
  world: World,
  answered: Promise<boolean>,
  held: Promise<() => void> | undefined,
): Promise<void> => {
  const release = await held;
  world.zombies.push({
    resume: async () => {
      release?.();
      await answered;
    },
  });
};

// A success says that every record of the batch is at or below its shard's checkpoint.
const assertCovered = ({ ledger }: World, { shard, records }: Batch): void => {
  const last = records.findLast(({ record }) => record.dynamodb?.SequenceNumber);
  if (last === undefined) return;
  const covered = ledger.covered(shard);
  const isCovered = (shard.records[covered - 1]?.sequence ?? -1n) >= last.sequence;
  if (!isCovered) throw new Violation('A success must cover its batch', last.sequence, covered);
};

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

/** The records of a shard from `start` on that the stream still holds. */
export const heldRecords = (
  { model }: World,
  { records }: ModelShard,
  [start, end]: readonly [number, number],
): ModelRecord[] =>
  records
    .slice(Math.max(start, 0), end)
    .filter(({ writtenMs }) => writtenMs > model.nowMs - RETENTION_MS);

/** Delivers all that is left, once and without faults; throws a Violation when that fails. */
export const drain = async (world: World): Promise<void> => {
  for (let [shard] = readyShards(world); shard; [shard] = readyShards(world)) {
    const records = shard.records.slice(shard.delivered, shard.delivered + 25);
    const before = shard.delivered;
    await deliverNext(world, { shard, records, container: 0, fault: 'none' });
    if (shard.delivered === before)
      throw new Violation('A batch without a fault', 'taken', 'failed');
  }
};
