import { Violation } from '../engine/search.ts';
import { copyState, type Slot, type State } from './state.ts';
import { textOfState } from './state-codec.ts';
import type { Step } from './step.ts';
import type { Batch } from './streams.ts';
import type { WorldParts } from './world-parts.ts';
import { shardName } from './world-plan.ts';

/**
 * Holds a state against the promise that, once faults stop, one more delivery makes the numbers
 * exact. Asked of each state in which nothing is under way, since every other comes to one when all
 * that is under way ends, by steps that are searched as well. Throws a Violation.
 */
export type CheckRecovery = (state: State) => Promise<void>;

/** The check of a world; it remembers what it has tried. */
export const createRecoveryCheck = (parts: WorldParts): CheckRecovery => {
  const tried = new Set<string>();
  return async (state) => {
    if (!isQuiet(parts, state)) return;
    for (const slot of state.containers) {
      const alone = { ...copyState(state), containers: [{ ...slot }] };
      const key = textOfState(parts.codec, alone);
      if (!tried.has(key)) await recover(parts, alone).catch(tellOfRecovery);
      tried.add(key);
    }
  };
};

// What goes wrong while faults have stopped is wrong with the state, and with no step of it.
const tellOfRecovery = (error: unknown): never => {
  throw error instanceof Violation
    ? new Violation<Step>(`Once faults stop: ${error.message}`)
    : error;
};

/** Whether no invocation and no request is under way. */
export const isQuiet = (parts: WorldParts, { zombies, containers }: State): boolean =>
  zombies.length === 0 && containers.every((slot) => isIdle(parts, slot));

const isIdle = ({ fleet }: WorldParts, slot: Slot): boolean => fleet.callOf(slot).kind === 'event';

// What is left of each shard comes once more, in two parts, to a container that may be sure of the
// counter as soon as it has counted something of the shard: nothing of it has failed here since.
const recover = async (parts: WorldParts, state: State): Promise<void> => {
  for (const [number, records] of parts.streams.get(state.stream).entries()) {
    let isSure = false;
    const { delivered } = state.shards[number] ?? { delivered: 0 };
    for (const end of new Set([Math.min(delivered + 1, records.length), records.length])) {
      const batch = findBatch(parts, state, { number, end });
      if (batch === undefined) continue;
      const wasCovered = (state.shards[number]?.covered ?? 0) >= end;
      const requests = await deliver(parts, state, batch);
      if (isSure && !wasCovered && requests !== 1) {
        throw new Violation<Step>(`A container that is up to date sent ${requests} requests`);
      }
      isSure ||= !wasCovered;
    }
    const left = records.length - (state.shards[number]?.covered ?? 0);
    if (left > 0) {
      const lost = `${left} records of ${shardName(number)}`;
      throw new Violation<Step>(`${lost} stay uncounted for ever`);
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
 * Delivers a batch to the first container while nothing else happens, and tells how many requests
 * that took. Throws a Violation when it fails.
 */
export const deliver = async (parts: WorldParts, state: State, batch: Batch): Promise<number> => {
  const { fleet } = parts;
  const [slot] = state.containers as [Slot];
  let requests = 0;
  let edge = await fleet.giveBatch(slot, batch.number, state.clock);
  slot.node = edge.node.id;
  for (; !isIdle(parts, slot); requests += 1) {
    const reply = parts.commits.commit(state, fleet.requestOf(slot), {
      step: { op: 'apply', container: 0 },
    });
    edge = await fleet.giveReply(slot, reply, state.clock);
    slot.node = edge.node.id;
  }
  const { stop } = edge;
  const outcome = 'call' in stop && stop.call.kind === 'event' ? stop.call.outcome : undefined;
  const shard = state.shards[batch.shard];
  if (outcome !== 'taken' || !shard) {
    throw new Violation<Step>(`A batch of ${shardName(batch.shard)} without a fault fails`);
  }
  if (shard.covered < batch.end) {
    throw new Violation<Step>(`A success covers more than the ${shard.covered} that are counted`);
  }
  shard.delivered = batch.end;
  return requests;
};
