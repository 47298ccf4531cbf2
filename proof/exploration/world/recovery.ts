import { Violation } from '../engine/search.ts';
import type { RequestCall } from './container-call.ts';
import type { ContainerStep } from './container-pool.ts';
import { requestedCounter } from './counter-items.ts';
import { has, withoutGap } from './record-mask.ts';
import { counterOf, type PlannedRecord } from './records.ts';
import { shardName } from './shard-name.ts';
import { copyState, type ShardState, type Slot, type State } from './state.ts';
import { textOfState } from './state-codec.ts';
import type { Step } from './step.ts';
import type { Batch } from './streams.ts';
import type { WorldParts } from './world-parts.ts';

/**
 * Checks the liveness property of a state: once faults stop, one more delivery makes the numbers exact.
 * Applied to quiescent states only, since every other state leads to one by steps that are explored too.
 * Throws a Violation.
 */
export type CheckRecovery = (state: State) => Promise<void>;

/** The check for a world; results are cached. */
export const createRecoveryCheck = (parts: WorldParts): CheckRecovery => {
  const tried = new Set<string>();
  return async (state) => {
    if (!isQuiet(parts, state)) return;
    for (const slot of state.containers) {
      const alone = { ...copyState(state), containers: [{ ...slot }] };
      const key = textOfState(parts.codec, alone);
      if (!tried.has(key)) await recover(parts, alone).catch(asRecoveryViolation);
      tried.add(key);
    }
  };
};

// A violation after the faults have stopped is one of the state, not of a step.
const asRecoveryViolation = (error: unknown): never => {
  throw error instanceof Violation
    ? new Violation<Step>(`Once faults stop: ${error.message}`)
    : error;
};

/** Whether no invocation and no request is in flight. */
export const isQuiet = (parts: WorldParts, { delayedRequests, containers }: State): boolean =>
  delayedRequests.length === 0 && containers.every((slot) => isIdle(parts, slot));

const isIdle = ({ pool }: WorldParts, slot: Slot): boolean => pool.callOf(slot).kind === 'event';

// Delivers the rest of each shard in two parts. After counting the first part, the container must be up
// to date, because nothing of the shard has failed in it since.
const recover = async (parts: WorldParts, state: State): Promise<void> => {
  for (const [number, records] of parts.streams.get(state.stream).entries()) {
    const upToDate = new Set<string>();
    const { delivered } = state.shards[number] ?? { delivered: 0 };
    for (const end of new Set([Math.min(delivered + 1, records.length), records.length])) {
      const batch = findBatch(parts, state, { number, end });
      if (batch === undefined) continue;
      const fresh = countersToWrite(records.slice(0, end), state.shards[number]);
      const requests = await deliver(parts, state, batch);
      for (const counter of fresh) {
        const sent = requests.get(counter) ?? 0;
        if (upToDate.has(counter) && sent !== 1)
          throw new Violation<Step>(`An up-to-date container sent ${sent} requests`);
        upToDate.add(counter);
      }
    }
    const left = records.filter((_, place) => !has(state.shards[number]?.covered ?? 0, place));
    if (left.length > 0) {
      const lost = `${left.length} records of ${shardName(number)}`;
      throw new Violation<Step>(`${lost} are never counted`);
    }
  }
};

/** The counters of the records that are not covered yet. */
const countersToWrite = (
  records: readonly PlannedRecord[],
  shard: ShardState | undefined,
): Set<string> =>
  new Set(records.filter((_, place) => !has(shard?.covered ?? 0, place)).map(counterOf));

const findBatch = (
  { source }: WorldParts,
  state: State,
  { number, end }: { readonly number: number; readonly end: number },
): Batch | undefined => {
  const delivered = state.shards[number]?.delivered ?? 0;
  return source
    .possible(state)
    .find((batch) => batch.shard === number && batch.start === delivered && batch.end === end);
};

/**
 * Delivers a batch to the first container while nothing else happens, and returns the number of requests
 * this took for each counter. Throws a Violation when it fails.
 */
export const deliver = async (
  parts: WorldParts,
  state: State,
  batch: Batch,
): Promise<ReadonlyMap<string, number>> => {
  const { pool } = parts;
  const [slot] = state.containers as [Slot];
  const requests = new Map<string, number>();
  let edge = await follow(parts, state, pool.giveBatch(slot, batch.number, state.clock));
  while (!isIdle(parts, slot)) {
    const { request } = pool.callOf(slot) as RequestCall;
    const counter = requestedCounter(request);
    requests.set(counter, (requests.get(counter) ?? 0) + 1);
    const reply = parts.commits.commit(state, pool.requestOf(slot), {
      step: { op: 'apply', container: 0 },
    });
    edge = await follow(parts, state, pool.giveReply(slot, reply, state.clock));
  }
  const { stop } = edge;
  const outcome = 'call' in stop && stop.call.kind === 'event' ? stop.call.outcome : undefined;
  const shard = state.shards[batch.shard];
  if (outcome !== 'taken' || !shard) {
    throw new Violation<Step>(`A batch of ${shardName(batch.shard)} fails without a fault`);
  }
  if (withoutGap(shard.covered) < batch.end) {
    throw new Violation<Step>(
      `An invocation reports success for more than the ${withoutGap(shard.covered)} counted records`,
    );
  }
  shard.delivered = batch.end;
  return requests;
};

// Nothing else happens, so the order of requests that are sent at once does not matter.
const follow = async ({ pool }: WorldParts, { clock, containers }: State, step: ContainerStep) => {
  const [slot] = containers as [Slot];
  for (const { order } of pool.ordersOf(await step, clock)) {
    const edge = await order;
    slot.node = edge.node.id;
    return edge;
  }
  throw new Error('A step has at least one order');
};
