import { setImmediate as settle } from 'node:timers/promises';
import { isBatchSuccess } from '../../src/local/event-source/batch-response.ts';
import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import type { Batch } from './batch.ts';
import { startContainer } from './create-world.ts';
import { expectCounted } from './expect-counted.ts';
import { CONTAINERS, NO_FAULT } from './history.ts';
import { type RunningInvocation, runAs } from './running-invocation.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/**
 * Invokes a container with a batch. Resolves to whether it reported the whole batch as processed. Throws a
 * Violation when it should not have, or when one of its writes is wrong.
 */
export const invoke = async (world: World, batch: Batch): Promise<boolean> => {
  world.invocations += 1;
  world.deliveries += batch.records.length;
  const expected = expectCounted(world, batch);
  const cut = Promise.withResolvers<Cut>();
  const invocation = createInvocation(world, batch, cut.resolve);
  const answered = callHandler(world, batch, invocation);
  const outcome = await Promise.race([answered, cut.promise]);
  if (world.violation) throw world.violation;
  const assertCounted = (): void => expected(invocation);
  if (typeof outcome === 'function') {
    // Its commits for other counters are not delayed.
    await settle();
    timeOut(world, { release: outcome, answered, assertCounted });
    return false;
  }
  if (outcome) assertCounted();
  else discardMemory(world, batch);
  return outcome;
};

/** How an invocation ends before its handler: in a crash, or in a timeout while a commit is delayed. */
type Cut = false | (() => void);

const createInvocation = (
  world: World,
  batch: Batch,
  cutShort: (cut: Cut) => void,
): RunningInvocation => {
  const { fault, attempt, container } = batch;
  const invocation: RunningInvocation = {
    ...{ fault, attempt, container, attempted: [], isDead: false },
    ...{ committed: new Map(), rejected: new Map() },
    die: () => {
      invocation.isDead = true;
      cutShort(false);
    },
    onHeld: cutShort,
    onConcurrentCommit: () => runConcurrentInvocation(world, batch),
  };
  return invocation;
};

// A crash ends its container. A failed invocation may have committed, so no memory is current.
const discardMemory = (world: World, { fault, container, shard }: Batch): void => {
  world.upToDate.clear();
  if (fault !== 'throttle') startContainer(world, container);
  // The container lives on: before counting past the failed batch it checks whether it was counted.
  else world.shardsWithFailures.add(shard.id);
};

// A concurrent invocation in another container has a prefix of the same batch.
const runConcurrentInvocation = async (world: World, batch: Batch): Promise<void> => {
  const records = batch.records.slice(0, Math.ceil(batch.records.length / 2));
  const container = (batch.container + 1) % CONTAINERS;
  // The first invocation goes on writing the other counters.
  world.upToDate.clear();
  await invoke(world, { shard: batch.shard, records, container, ...NO_FAULT });
};

const callHandler = async (
  world: World,
  { shard, records, container }: Batch,
  invocation: RunningInvocation,
): Promise<boolean> => {
  const handler = world.containers[container];
  if (handler === undefined) throw new Error(`No container ${container}`);
  const hasWindow = world.settings.tumblingWindowSeconds > 0;
  const Records = records.map(({ record }) => record);
  const event: StreamEvent = { ...(hasWindow ? { shardId: shard.id } : {}), Records };
  try {
    return isBatchSuccess(await runAs(invocation, () => handler(event)));
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
  world.countEvent('invocation timed out, commit still in flight');
  const arrive = async (): Promise<void> => {
    release();
    if (await answered) assertCounted();
    if (world.violation) throw world.violation;
    // The container that sent it may have been replaced since.
    world.upToDate.clear();
  };
  world.delayedCommits.push({ arrive });
};
