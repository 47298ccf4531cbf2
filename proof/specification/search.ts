import type { Bounds } from './bounds.ts';
import { firstWorld, type Move, nextMoves, type Specification, type World } from './next-states.ts';

/** The result of a search. */
export interface Found {
  readonly states: number;
  readonly steps: number;
  /** The shortest trace to the first state or step that violates an invariant. */
  readonly violation: { readonly truth: string; readonly history: readonly string[] } | undefined;
}

interface Visited {
  readonly world: World;
  readonly name: string;
  readonly before: Visited | undefined;
}

/**
 * Searches all states within the bounds breadth-first, each once, and stops at the first violation.
 * Calls `onWorld` with each state.
 */
export const searchStates = (
  specification: Specification,
  bounds: Bounds,
  onWorld: (world: World) => void = () => undefined,
): Found => {
  const first: Visited = { world: firstWorld(bounds), name: '', before: undefined };
  const known = new Set([keyOf(first.world)]);
  const queue = [first];
  let steps = 0;
  // The queue grows while it is read.
  for (const visited of queue) {
    onWorld(visited.world);
    for (const move of nextMoves(specification, bounds, visited.world)) {
      steps += 1;
      const next: Visited = { ...move, before: visited };
      const truth = untruthOf(specification, visited.world, move);
      if (truth) return { states: known.size, steps, violation: { truth, history: wayTo(next) } };
      const key = keyOf(move.world);
      if (!known.has(key)) queue.push(next);
      known.add(key);
    }
  }
  return { states: known.size, steps, violation: undefined };
};

const untruthOf = (
  { whyWrong, whyWrongStep }: Specification,
  before: World,
  { world }: Move,
): string | undefined => whyWrongStep(before.state, world.state) ?? whyWrong(world.state);

const keyOf = (world: World): string => JSON.stringify(world);

const wayTo = ({ name, before }: Visited): string[] =>
  before === undefined ? [] : [...wayTo(before), name];
