import { createProjectorHandler } from '../../src/projector/projector-handler.ts';
import { type SearchResult, search } from './engine/search.ts';
import { type Transition, transitionsOf } from './transitions.ts';
import { whyNotAllSpecified } from './why-not-specified.ts';
import type { MakeHandler } from './world/container.ts';
import type { Step } from './world/step.ts';
import { COUNTS_TABLE_NAME } from './world/table-names.ts';
import { createWorld, type World } from './world/world.ts';
import type { WorldPlan } from './world/world-plan.ts';

/** The deployed function. */
export const DEPLOYED: MakeHandler = (client) =>
  createProjectorHandler({ COUNTS_TABLE: COUNTS_TABLE_NAME }, client);

/** The result of exploring a world, with the world and everything known about it. */
export interface Explored extends SearchResult<Step> {
  readonly world: World;
  readonly seconds: number;
  /** Every request applied to the counter item, once. */
  readonly counterTransitions: readonly Transition[];
  /** Why the specification does not allow one of the transitions; undefined when it allows all. */
  readonly unspecified: string | undefined;
  /** Whether the result is as expected: searched completely without a violation, or the known one. */
  readonly isAsExpected: boolean;
}

export interface ExploreOptions {
  readonly makeHandler?: MakeHandler;
  readonly maxStates?: number;
  readonly onProgress?: (states: number, transitions: number) => void;
}

// About 8 GB.
const MAX_STATES = 50_000_000;

/** Explores a world completely, or until an invariant is violated. */
export const exploreWorld = async (
  plan: WorldPlan,
  { makeHandler = DEPLOYED, maxStates = MAX_STATES, onProgress }: ExploreOptions = {},
): Promise<Explored> => {
  const startedMs = performance.now();
  const world = createWorld(plan, makeHandler);
  const found = await search(world, { maxStates, ...(onProgress ? { onProgress } : {}) });
  const counterTransitions = transitionsOf(world);
  const unspecified = whyNotAllSpecified(counterTransitions);
  const isRight = found.isComplete && found.violation === undefined && unspecified === undefined;
  return {
    ...{
      ...found,
      world,
      counterTransitions,
      unspecified,
      seconds: (performance.now() - startedMs) / 1000,
    },
    isAsExpected: plan.knownViolation === undefined ? isRight : found.violation !== undefined,
  };
};
