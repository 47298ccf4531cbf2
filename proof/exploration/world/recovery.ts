import { Violation } from '../engine/search.ts';
import { shardName } from './shard-name.ts';
import { copyState, type Slot, type State } from './state.ts';
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
    let isUpToDate = false;
    const { delivered } = state.shards[number] ?? { delivered: 0 };
    for (const end of new Set([Math.min(delivered + 1, records.length), records.length])) {
      const batch = findBatch(parts, state, { number, end });
      if (batch === undefined) continue;
      const wasCovered = (state.shards[number]?.covered ?? 0) >= end;
      const requests = await deliver(parts, state, batch);
      if (isUpToDate && !wasCovered && requests !== 1) {
        throw new Violation<Step>(`An up-to-date container sent ${requests} requests`);
      }
      isUpToDate ||= !wasCovered;
    }
    const left = records.length - (state.shards[number]?.covered ?? 0);
    if (left > 0) {
      const lost = `${left} records of ${shardName(number)}`;
      throw new Violation<Step>(`${lost} are never counted`);
    }
  }
};

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
 * this took. Throws a Violation when it fails.
 */
export const deliver = async (parts: WorldParts, state: State, batch: Batch): Promise<number> => {
  const { pool } = parts;
  const [slot] = state.containers as [Slot];
  let requests = 0;
  let edge = await pool.giveBatch(slot, batch.number, state.clock);
  slot.node = edge.node.id;
  for (; !isIdle(parts, slot); requests += 1) {
    const reply = parts.commits.commit(state, pool.requestOf(slot), {
      step: { op: 'apply', container: 0 },
    });
    edge = await pool.giveReply(slot, reply, state.clock);
    slot.node = edge.node.id;
  }
  const { stop } = edge;
  const outcome = 'call' in stop && stop.call.kind === 'event' ? stop.call.outcome : undefined;
  const shard = state.shards[batch.shard];
  if (outcome !== 'taken' || !shard) {
    throw new Violation<Step>(`A batch of ${shardName(batch.shard)} fails without a fault`);
  }
  if (shard.covered < batch.end) {
    throw new Violation<Step>(
      `An invocation reports success for more than the ${shard.covered} counted records`,
    );
  }
  shard.delivered = batch.end;
  return requests;
};
