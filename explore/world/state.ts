import type { StateCodec } from '../engine/state-store.ts';
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
  /** How many batches have come that leap over a record which was not delivered. */
  leaps: number;
  /** How often the SDK of a container has given up, where the plan has a limit. */
  giveUps: number;
  /** Requests on their way whose invocation is gone or has sent them again. */
  zombies: number[];
}

/** Records of a shard. */
export interface ShardState {
  /** How many the event source has delivered. */
  delivered: number;
  /** How many were ever handed out, where that matters: records may then come in any order. */
  tried: number;
  /** How many are behind a checkpoint, or ever were. */
  covered: number;
  /** Which of these came too late to be counted: a bit for each place. */
  lost: number;
}

/** Where a container stands, or somebody's command. */
export interface Slot {
  /** The state of its program. */
  node: number;
  /** The reply that is on its way to it; -1 when there is none. */
  reply: number;
}

// How many numbers come first, and how many a shard and a slot have.
const [FIXED, SHARD, SLOT] = [6, 4, 3];
const BITS = 16;
const LIMIT = 2 ** BITS - 1;

/**
 * How the states of a world are written down. Containers are alike, and requests on their way as well,
 * so those that differ only in their order are the same state.
 */
export const createStateCodec = (plan: WorldPlan): StateCodec<State> => {
  const [marks, shards] = [plan.happenings.length, plan.shards.length];
  const slots = plan.containers + plan.operators.length;
  const width = FIXED + marks + SHARD * shards + SLOT * slots + plan.zombies;
  return {
    width,
    write: (state, into, at) => {
      const { clock, stream, item, errors, leaps, giveUps } = state;
      let place = at;
      const put = (number: number): void => {
        if (number > LIMIT) throw new RangeError(`A state has a number above ${LIMIT}: ${number}`);
        into[place] = number;
        place += 1;
      };
      const putSlot = ({ node, reply }: Slot): void => {
        put(node >>> BITS);
        put(node & LIMIT);
        put(reply + 1);
      };
      for (const number of [clock, stream, item, errors, leaps, giveUps]) put(number);
      for (const mark of state.marks) put(mark);
      for (const { delivered, tried, covered, lost } of state.shards) {
        for (const number of [delivered, tried, covered, lost]) put(number);
      }
      for (const slot of state.containers.sort(bySlot)) putSlot(slot);
      for (const slot of state.operators) putSlot(slot);
      state.zombies.sort((a, b) => a - b);
      for (let zombie = 0; zombie < plan.zombies; zombie += 1) {
        put((state.zombies[zombie] ?? -1) + 1);
      }
    },
    read: (from, at) => {
      let place = at - 1;
      const take = (): number => {
        place += 1;
        return from[place] as number;
      };
      const takeAll = <Value>(length: number, takeOne: () => Value): Value[] => {
        const all: Value[] = [];
        for (let one = 0; one < length; one += 1) all.push(takeOne());
        return all;
      };
      const takeSlot = (): Slot => ({ node: (take() << BITS) + take(), reply: take() - 1 });
      const takeShard = (): ShardState => ({
        ...{ delivered: take(), tried: take(), covered: take(), lost: take() },
      });
      return {
        ...{ clock: take(), stream: take(), item: take(), errors: take() },
        ...{ leaps: take(), giveUps: take(), marks: takeAll(marks, take) },
        shards: takeAll(shards, takeShard),
        containers: takeAll(plan.containers, takeSlot),
        operators: takeAll(plan.operators.length, takeSlot),
        zombies: takeAll(plan.zombies, take).flatMap((zombie) => (zombie > 0 ? [zombie - 1] : [])),
      };
    },
  };
};

/** A state as it is written down and read again, with its containers in their order. */
export const inCanonicalOrder = (codec: StateCodec<State>, state: State): State => {
  const numbers = new Uint16Array(codec.width);
  codec.write(copyState(state), numbers, 0);
  return codec.read(numbers, 0);
};

/** A state in one text; equal states have the same. */
export const textOfState = (codec: StateCodec<State>, state: State): string => {
  const numbers = new Uint16Array(codec.width);
  codec.write(copyState(state), numbers, 0);
  return String.fromCharCode(...numbers);
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
