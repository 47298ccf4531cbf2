import { isBatchSuccess } from '../../src/local/event-source/batch-response.ts';
import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import { startContainer } from './create-world.ts';
import { CONTAINERS, type InjectedFault, NO_FAULT } from './history.ts';
import type { ModelRecord, ModelShard } from './shard-model.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

/** A batch for one container, and the fault injected into its invocation. */
export interface Batch extends InjectedFault {
  readonly shard: ModelShard;
  readonly records: readonly ModelRecord[];
  readonly container: number;
}

/** Invokes a container with a batch. Resolves to whether it reported the whole batch as processed. */
export const invoke = async (world: World, batch: Batch): Promise<boolean> => {
  prepare(world, batch);
  const assertCounted = expectCounted(world, batch);
  const held = new Promise<() => void>((resolve) => {
    world.onHeld = resolve;
  });
  const answered = callHandler(world, batch);
  const outcome = await Promise.race([
    answered,
    ...(batch.fault === 'delayedCommit' ? [held] : []),
  ]);
  if (typeof outcome === 'function') {
    timeOut(world, { release: outcome, answered, assertCounted });
    return false;
  }
  if (outcome) assertCounted();
  else discardMemory(world, batch);
  world.injectedFault = NO_FAULT;
  return outcome;
};

// A crash ends its container. A failed invocation may have committed, so no memory is current.
const discardMemory = (world: World, { fault, container, shard }: Batch): void => {
  world.upToDate = undefined;
  if (fault !== 'throttle') startContainer(world, container);
  // The container lives on: before counting past the failed batch it checks whether it was counted.
  else world.shardsWithFailures.add(shard.id);
};

const prepare = (world: World, batch: Batch): void => {
  world.invocations += 1;
  world.deliveries += batch.records.length;
  world.injectedFault = batch;
  world.attempts = 0;
  world.onConcurrentCommit = () => runConcurrentInvocation(world, batch);
};

// A concurrent invocation in another container has a prefix of the same batch.
const runConcurrentInvocation = async (world: World, batch: Batch): Promise<void> => {
  const { injectedFault, attempts, onConcurrentCommit, onHeld } = world;
  const records = batch.records.slice(0, Math.ceil(batch.records.length / 2));
  const container = (batch.container + 1) % CONTAINERS;
  await invoke(world, { shard: batch.shard, records, container, ...NO_FAULT });
  Object.assign(world, { injectedFault, attempts, onConcurrentCommit, onHeld });
};

const callHandler = async (
  world: World,
  { shard, records, container }: Batch,
): Promise<boolean> => {
  const handler = world.containers[container];
  if (handler === undefined) throw new Error(`No container ${container}`);
  const hasWindow = world.settings.tumblingWindowSeconds > 0;
  const Records = records.map(({ record }) => record);
  const event: StreamEvent = { ...(hasWindow ? { shardId: shard.id } : {}), Records };
  try {
    return isBatchSuccess(await handler(event));
  } catch (error) {
    if (error instanceof Violation) throw error;
    return false;
  }
};

interface TimedOutInvocation {
  readonly release: () => void;
  readonly answered: Promise<boolean>;
  readonly assertCounted: () => void;
}

const timeOut = (world: World, { release, answered, assertCounted }: TimedOutInvocation): void => {
  world.injectedFault = NO_FAULT;
  world.countEvent('invocation timed out, commit still in flight');
  const arrive = async (): Promise<void> => {
    release();
    if (await answered) assertCounted();
    // The container that sent it may have been replaced since.
    world.upToDate = undefined;
  };
  world.delayedCommits.push({ arrive });
};

/**
 * The postcondition of a success: every record of the batch is at or below its shard's checkpoint. An
 * up-to-date container with something new to count must also have needed exactly one write.
 */
const expectCounted = (world: World, { shard, records, container, fault }: Batch): (() => void) => {
  const { store } = world;
  const { committed, rejected } = { ...store.writes };
  const last = records.findLast(({ record }) => record.dynamodb?.SequenceNumber);
  const isNew = last !== undefined && !isCovered(world, shard, last);
  const mustBeUpToDate =
    isNew &&
    fault === 'none' &&
    world.upToDate === container &&
    !world.shardsWithFailures.has(shard.id);
  return () => {
    if (last && !isCovered(world, shard, last)) {
      throw new Violation(
        'A successful invocation must cover its batch',
        last.sequence,
        store.covered(shard),
      );
    }
    if (mustBeUpToDate)
      assertSame('Rejected writes of an up-to-date container', 0, store.writes.rejected - rejected);
    if (mustBeUpToDate)
      assertSame('Writes of an up-to-date container', 1, store.writes.committed - committed);
    if (store.writes.committed > committed) world.upToDate = container;
  };
};

const isCovered = ({ store }: World, shard: ModelShard, { sequence }: ModelRecord): boolean =>
  (shard.records[store.covered(shard) - 1]?.sequence ?? -1n) >= sequence;
