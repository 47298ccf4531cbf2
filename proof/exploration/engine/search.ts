import { createStateStore, type StateCodec, type StateStore } from './state-store.ts';

/** A world to search. */
export interface SearchedWorld<State, Step> {
  readonly codec: StateCodec<State>;
  readonly start: () => Promise<State>;
  /** Emits every possible next state. Throws a Violation when the counter is wrong. */
  readonly expand: (state: State, emit: Emit<State, Step>) => Promise<void>;
}

/** Receives a step and the state after it. The state is reused, so it must not be kept. */
export type Emit<State, Step> = (next: State, step: Step) => void;

/** The counter is wrong; `step` caused it, or is undefined when the state itself is wrong. */
export class Violation<Step> extends Error {
  override readonly name = 'Violation';
  readonly step: Step | undefined;

  constructor(message: string, step?: Step) {
    super(message);
    this.step = step;
  }
}

/** The result of a search. */
export interface SearchResult<Step> {
  readonly states: number;
  readonly transitions: number;
  /** Whether every reachable state was visited. */
  readonly isComplete: boolean;
  readonly violation: { readonly message: string; readonly steps: readonly Step[] } | undefined;
}

export interface SearchLimits {
  readonly maxStates: number;
  readonly onProgress?: (states: number, transitions: number) => void;
}

const PROGRESS_STATES = 50_000;

/**
 * Searches every reachable state breadth-first until one violates an invariant, so the trace of a
 * violation is a shortest one.
 */
export const search = async <State, Step>(
  world: SearchedWorld<State, Step>,
  { maxStates, onProgress }: SearchLimits,
): Promise<SearchResult<Step>> => {
  const states = createStateStore(world.codec);
  const parents = createParents();
  let transitions = 0;
  let at = 0;
  const emit = (next: State): void => {
    transitions += 1;
    if (states.size() < maxStates && states.add(next)) parents.add(at);
  };
  const sums = () => ({ states: states.size(), transitions });
  emit(await world.start());
  transitions = 0;
  try {
    for (; at < states.size(); at += 1) {
      await world.expand(states.get(at), emit);
      if (at % PROGRESS_STATES === 0) onProgress?.(states.size(), transitions);
    }
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    const last = error.step === undefined ? [] : [error.step as Step];
    const steps = [...(await stepsTo({ world, states, parents }, at)), ...last];
    return { ...sums(), isComplete: false, violation: { message: error.message, steps } };
  }
  return { ...sums(), isComplete: states.size() < maxStates, violation: undefined };
};

interface Parents {
  readonly add: (parent: number) => void;
  readonly get: (number: number) => number;
}

const createParents = (): Parents => {
  let parents = new Int32Array(1 << 16);
  let size = 0;
  return {
    add: (parent) => {
      if (size === parents.length) {
        const larger = new Int32Array(size * 2);
        larger.set(parents);
        parents = larger;
      }
      parents[size] = parent;
      size += 1;
    },
    get: (number) => parents[number] as number,
  };
};

interface Searched<State, Step> {
  readonly world: SearchedWorld<State, Step>;
  readonly states: StateStore<State>;
  readonly parents: Parents;
}

// Only the states are stored, so each step is found by expanding its predecessor again.
const stepsTo = async <State, Step>(
  { world, states, parents }: Searched<State, Step>,
  end: number,
): Promise<Step[]> => {
  const steps: Step[] = [];
  for (let at = end; at > 0; at = parents.get(at)) {
    let found: Step | undefined;
    await world.expand(states.get(parents.get(at)), (next, step) => {
      if (states.has(at, next)) found ??= step;
    });
    if (found === undefined) throw new Error('No step leads to a state that was reached');
    steps.unshift(found);
  }
  return steps;
};
