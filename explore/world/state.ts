import type { WorldPlan } from './world-plan.ts';

/** A state of a world. What is not counted is the number that an interner gave. */
export interface State {
  /** Which of the plan's clocks is now. */
  clock: number;
  /** What the stream holds. */
  stream: number;
  /** The counter item. */
  item: number;
  /** What the counter's sums are off by. */
  errors: number;
  /** How far each of the plan's happenings is. */
  readonly marks: number[];
  readonly shards: ShardState[];
  readonly containers: Slot[];
  readonly operators: Slot[];
  /** Requests on their way whose invocation is gone or has sent them again. */
  zombies: number[];
}

/** Records of a shard. */
export interface ShardState {
  /** How many the event source has delivered. */
  delivered: number;
  /** How many were ever handed out, where that matters: records may then come in any order. */
  tried: number;
  /** How many the total must contain. */
  covered: number;
}

/** Where a container stands, or somebody's command. */
export interface Slot {
  /** The state of its program. */
  node: number;
  /** The reply that is on its way to it; -1 when there is none. */
  reply: number;
}

/** Turns states into texts and back; states that differ in the order of containers are the same. */
export interface StateCodec {
  readonly encode: (state: State) => string;
  readonly decode: (text: string) => State;
}

// How many numbers come first, and how many a shard and a slot have.
const [FIXED, SHARD, SLOT] = [4, 3, 3];
const BITS = 16;
const LIMIT = 2 ** BITS - 1;

/** The codec of a world's states: one character for each number, two for that of a node. */
export const createStateCodec = (plan: WorldPlan): StateCodec => {
  const afterMarks = FIXED + plan.happenings.length;
  const afterShards = afterMarks + SHARD * plan.shards.length;
  const afterContainers = afterShards + SLOT * plan.containers;
  const afterOperators = afterContainers + SLOT * plan.operators.length;
  return {
    encode: (state) => {
      const numbers = [state.clock, state.stream, state.item, state.errors, ...state.marks];
      for (const { delivered, tried, covered } of state.shards) {
        numbers.push(delivered, tried, covered);
      }
      for (const { node, reply } of [...state.containers.toSorted(bySlot), ...state.operators]) {
        numbers.push(node >>> BITS, node & LIMIT, reply + 1);
      }
      numbers.push(...state.zombies.toSorted((a, b) => a - b));
      return String.fromCharCode(...numbers.map(assertSmall));
    },
    decode: (text) => {
      const at = (index: number): number => text.charCodeAt(index);
      const slots = (from: number, to: number): Slot[] =>
        every(SLOT, from, to).map((place) => ({
          ...{ node: (at(place) << BITS) + at(place + 1), reply: at(place + 2) - 1 },
        }));
      return {
        ...{ clock: at(0), stream: at(1), item: at(2), errors: at(3) },
        marks: every(1, FIXED, afterMarks).map(at),
        shards: every(SHARD, afterMarks, afterShards).map((place) => ({
          ...{ delivered: at(place), tried: at(place + 1), covered: at(place + 2) },
        })),
        containers: slots(afterShards, afterContainers),
        operators: slots(afterContainers, afterOperators),
        zombies: every(1, afterOperators, text.length).map(at),
      };
    },
  };
};

const every = (size: number, from: number, to: number): number[] =>
  Array.from({ length: (to - from) / size }, (_, place) => from + size * place);

const assertSmall = (number: number): number => {
  if (number <= LIMIT) return number;
  throw new RangeError(`A state has a number of more than ${BITS} bits: ${number}`);
};

/** The order of containers in a state's text. */
export const bySlot = (a: Slot, b: Slot): number => a.node - b.node || a.reply - b.reply;

/** A copy that can be changed alone. */
export const copyState = (state: State): State => ({
  ...state,
  marks: [...state.marks],
  shards: state.shards.map((shard) => ({ ...shard })),
  containers: state.containers.map((slot) => ({ ...slot })),
  operators: state.operators.map((slot) => ({ ...slot })),
  zombies: [...state.zombies],
});
