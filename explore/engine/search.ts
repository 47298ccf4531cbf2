/** A world to search: its states are texts, of which equal ones are the same state. */
export interface SearchedWorld<Step> {
  readonly start: () => Promise<string>;
  /** Tells each state that can come next. Throws a Violation when the counter is wrong. */
  readonly expand: (state: string, tell: Tell<Step>) => Promise<void>;
}

/** Told of a step and the state after it. */
export type Tell<Step> = (next: string, step: Step) => void;

/** The counter is wrong; `step` is what made it so, undefined when the state itself is. */
export class Violation<Step> extends Error {
  override readonly name = 'Violation';
  readonly step: Step | undefined;

  constructor(message: string, step?: Step) {
    super(message);
    this.step = step;
  }
}

/** What a search came to. */
export interface Found<Step> {
  readonly states: number;
  readonly transitions: number;
  /** Whether every state that can be reached was. */
  readonly isComplete: boolean;
  readonly violation: { readonly message: string; readonly steps: readonly Step[] } | undefined;
}

export interface SearchLimits {
  readonly maxStates: number;
  readonly onProgress?: (states: number, transitions: number) => void;
}

const PROGRESS_STATES = 50_000;

/**
 * Every state of the world that can be reached, nearest first, until one is wrong: so the history
 * of a violation has the fewest steps that any has.
 */
export const search = async <Step>(
  world: SearchedWorld<Step>,
  { maxStates, onProgress }: SearchLimits,
): Promise<Found<Step>> => {
  const first = await world.start();
  const known = createKnown();
  known.add(first);
  const states = [first];
  const parents = [0];
  let transitions = 0;
  let at = 0;
  const tell = (next: string): void => {
    transitions += 1;
    if (states.length >= maxStates || !known.add(next)) return;
    states.push(next);
    parents.push(at);
  };
  const sums = () => ({ states: states.length, transitions });
  try {
    for (; at < states.length; at += 1) {
      await world.expand(states[at] as string, tell);
      if (at % PROGRESS_STATES === 0) onProgress?.(states.length, transitions);
    }
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    const steps = [
      ...(await stepsTo(world, states, parents, at)),
      ...(error.step ? [error.step] : []),
    ];
    return { ...sums(), isComplete: false, violation: { message: error.message, steps } };
  }
  return { ...sums(), isComplete: states.length < maxStates, violation: undefined };
};

// A Set holds 2 ** 24 at most, so there are several.
const createKnown = () => {
  const sets = Array.from({ length: 16 }, () => new Set<string>());
  return {
    /** Whether the state is new. */
    add: (state: string): boolean => {
      const set = sets[hashOf(state) % sets.length] as Set<string>;
      const { size } = set;
      return set.add(state).size > size;
    },
  };
};

const hashOf = (state: string): number => {
  let hash = 0;
  for (let at = 0; at < state.length; at += 1) hash = (hash * 31 + state.charCodeAt(at)) >>> 0;
  return hash >>> 7;
};

const stepsTo = async <Step>(
  world: SearchedWorld<Step>,
  states: readonly string[],
  parents: readonly number[],
  end: number,
): Promise<Step[]> => {
  const steps: Step[] = [];
  for (let at = end; at > 0; at = parents[at] as number) {
    const [from, to] = [states[parents[at] as number] as string, states[at] as string];
    let found: Step | undefined;
    await world.expand(from, (next, step) => {
      if (next === to) found ??= step;
    });
    if (found === undefined) throw new Error('A state was reached that no step leads to');
    steps.unshift(found);
  }
  return steps;
};
