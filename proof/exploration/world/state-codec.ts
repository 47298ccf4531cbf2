import type { StateCodec } from '../engine/state-store.ts';
import { bySlot, copyState, type ShardState, type Slot, type State } from './state.ts';
import type { WorldPlan } from './world-plan.ts';

// The number of leading fields, and the fields of a shard and of a slot.
const [FIXED, SHARD, SLOT] = [6, 4, 3];
const BITS = 16;
const LIMIT = 2 ** BITS - 1;

/**
 * The encoding of a world's states. Containers are interchangeable, as are requests in flight, so states
 * that differ only in their order are encoded identically. Writing a state also sorts it.
 */
export const createStateCodec = (plan: WorldPlan): StateCodec<State> => {
  const slots = plan.containers + plan.operators.length;
  const sizes = [
    plan.externalEvents.length,
    SHARD * plan.shards.length,
    SLOT * slots,
    plan.maxDelayedRequests,
  ];
  return {
    width: sizes.reduce((sum, size) => sum + size, FIXED),
    write: (state, into, at) => write(plan, state, createWriter(into, at)),
    read: (from, at) => read(plan, createReader(from, at)),
  };
};

type Put = (number: number) => void;
type Take = () => number;

const createWriter = (into: Uint16Array, at: number): Put => {
  let place = at;
  return (number) => {
    if (number > LIMIT) throw new RangeError(`A state has a number above ${LIMIT}: ${number}`);
    into[place] = number;
    place += 1;
  };
};

const createReader = (from: Uint16Array, at: number): Take => {
  let place = at - 1;
  return () => {
    place += 1;
    return from[place] as number;
  };
};

const write = (plan: WorldPlan, state: State, put: Put): void => {
  const { clock, stream, item, errors, leaps, giveUps, delayedRequests } = state;
  for (const number of [clock, stream, item, errors, leaps, giveUps]) put(number);
  for (const progress of state.eventProgress) put(progress);
  for (const { delivered, tried, covered, lost } of state.shards) {
    for (const number of [delivered, tried, covered, lost]) put(number);
  }
  for (const slot of state.containers.sort(bySlot)) putSlot(slot, put);
  for (const slot of state.operators) putSlot(slot, put);
  delayedRequests.sort((a, b) => a - b);
  for (let delayed = 0; delayed < plan.maxDelayedRequests; delayed += 1)
    put((delayedRequests[delayed] ?? -1) + 1);
};

// A node number may exceed 16 bits.
const putSlot = ({ node, reply }: Slot, put: Put): void => {
  put(node >>> BITS);
  put(node & LIMIT);
  put(reply + 1);
};

const read = (plan: WorldPlan, take: Take): State => {
  const takeSlot = (): Slot => ({ node: (take() << BITS) + take(), reply: take() - 1 });
  const takeShard = (): ShardState => ({
    ...{ delivered: take(), tried: take(), covered: take(), lost: take() },
  });
  return {
    ...{ clock: take(), stream: take(), item: take(), errors: take() },
    ...{ leaps: take(), giveUps: take(), eventProgress: takeAll(plan.externalEvents.length, take) },
    shards: takeAll(plan.shards.length, takeShard),
    containers: takeAll(plan.containers, takeSlot),
    operators: takeAll(plan.operators.length, takeSlot),
    delayedRequests: takeAll(plan.maxDelayedRequests, take).flatMap((delayed) =>
      delayed > 0 ? [delayed - 1] : [],
    ),
  };
};

const takeAll = <Value>(length: number, takeOne: () => Value): Value[] => {
  const all: Value[] = [];
  for (let one = 0; one < length; one += 1) all.push(takeOne());
  return all;
};

/** The state after encoding and decoding, with its containers sorted. */
export const inCanonicalOrder = (codec: StateCodec<State>, state: State): State =>
  codec.read(numbersOf(codec, state), 0);

/** The canonical text of a state. */
export const textOfState = (codec: StateCodec<State>, state: State): string =>
  String.fromCharCode(...numbersOf(codec, state));

const numbersOf = (codec: StateCodec<State>, state: State): Uint16Array => {
  const numbers = new Uint16Array(codec.width);
  codec.write(copyState(state), numbers, 0);
  return numbers;
};
