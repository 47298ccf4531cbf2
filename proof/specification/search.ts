import type { Bounds } from './bounds.ts';
import {
  initialWorld,
  nextTransitions,
  type Specification,
  type Transition,
  type World,
} from './next-states.ts';

/** The result of a search. */
export interface SearchResult {
  readonly states: number;
  readonly steps: number;
  /** The shortest trace to the first state or step that violates an invariant. */
  readonly violation: { readonly invariant: string; readonly trace: readonly string[] } | undefined;
}

interface Visited {
  readonly world: World;
  readonly name: string;
  readonly previous: Visited | undefined;
}

/**
 * Searches all states within the bounds breadth-first, each once, and stops at the first violation.
 * Calls `onWorld` with each state.
 */
export const searchStates = (
  specification: Specification,
  bounds: Bounds,
  onWorld: (world: World) => void = () => undefined,
): SearchResult => {
  const first: Visited = { world: initialWorld(bounds), name: '', previous: undefined };
  const known = new Set([keyOf(first.world)]);
  const queue = [first];
  let steps = 0;
  // The queue grows while it is read.
  for (const visited of queue) {
    onWorld(visited.world);
    for (const transition of nextTransitions(specification, bounds, visited.world)) {
      steps += 1;
      const next: Visited = { ...transition, previous: visited };
      const key = keyOf(transition.world);
      const isNew = !known.has(key);
      const invariant = violationOf(specification, visited.world, { ...transition, isNew });
      if (invariant)
        return { states: known.size, steps, violation: { invariant, trace: traceTo(next) } };
      if (isNew) queue.push(next);
      known.add(key);
    }
  }
  return { states: known.size, steps, violation: undefined };
};

// A known state was checked when it was found.
const violationOf = (
  { findViolatedInvariant, findViolatedStepInvariant }: Specification,
  before: World,
  { world, isNew }: Transition & { readonly isNew: boolean },
): string | undefined =>
  findViolatedStepInvariant(before.state, world.state) ??
  (isNew ? findViolatedInvariant(world.state) : undefined);

const keyOf = (world: World): string => JSON.stringify(world);

const traceTo = ({ name, previous }: Visited): string[] =>
  previous === undefined ? [] : [...traceTo(previous), name];
