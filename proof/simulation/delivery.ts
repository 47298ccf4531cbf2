import type { Batch } from './batch.ts';
import { NO_FAULT } from './history.ts';
import { invoke } from './invocation.ts';
import type { ModelRecord } from './shard-model.ts';
import type { World } from './world.ts';

/**
 * Delivers the next records of a shard under the settings of the event source mapping, and advances
 * the event source's position once they succeed or are given up.
 */
export const deliverNext = async (world: World, batch: Batch): Promise<void> => {
  const { shard, records } = batch;
  const taken = await deliverAsSet(world, batch);
  world.failures.set(shard.id, taken ? 0 : (world.failures.get(shard.id) ?? 0) + 1);
  if (taken || isGivenUp(world, batch)) shard.delivered += records.length;
};

const deliverAsSet = async (world: World, batch: Batch): Promise<boolean> => {
  const { parallelizationFactor, bisectBatchOnFunctionError } = world.settings;
  const { records } = batch;
  if (parallelizationFactor > 1) {
    return deliverParts(world, batch, splitIntoLanes(records, parallelizationFactor));
  }
  if (await invoke(world, batch)) return true;
  if (!bisectBatchOnFunctionError || records.length < 2) return false;
  const middle = records.length >> 1;
  return deliverParts(world, batch, [records.slice(middle), records.slice(0, middle)]);
};

// Parallel lanes keep the order within a row, not within the shard, and run in no defined order.
const splitIntoLanes = (records: readonly ModelRecord[], lanes: number): ModelRecord[][] =>
  Array.from({ length: lanes }, (_, lane) => records.filter(({ row }) => row % lanes === lane));

const deliverParts = async (
  world: World,
  batch: Batch,
  parts: readonly (readonly ModelRecord[])[],
): Promise<boolean> => {
  let taken = true;
  for (const records of parts) {
    taken = (await invoke(world, { ...batch, records, ...NO_FAULT })) && taken;
  }
  return taken;
};

const isGivenUp = ({ settings, failures, model }: World, { shard, records }: Batch): boolean => {
  const { maximumRetryAttempts, maximumRecordAgeSeconds } = settings;
  const ageMs = model.nowMs - (records[0]?.writtenMs ?? model.nowMs);
  const hasNoRetriesLeft =
    maximumRetryAttempts >= 0 && (failures.get(shard.id) ?? 0) > maximumRetryAttempts;
  const isOld = maximumRecordAgeSeconds >= 0 && ageMs > maximumRecordAgeSeconds * 1000;
  return hasNoRetriesLeft || isOld;
};
