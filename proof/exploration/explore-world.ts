import { createProjectorHandler } from '../../src/projector/projector-handler.ts';
import { type Found, search } from './engine/search.ts';
import { transitionsOf } from './transitions.ts';
import { whyNotAllSpecified } from './why-not-specified.ts';
import type { MakeHandler } from './world/container.ts';
import type { Step } from './world/step.ts';
import { COUNTS_TABLE_NAME } from './world/table-names.ts';
import { createWorld, type World } from './world/world.ts';
import type { WorldPlan } from './world/world-plan.ts';

/** The function that is deployed. */
export const DEPLOYED: MakeHandler = (client) =>
  createProjectorHandler({ COUNTS_TABLE: COUNTS_TABLE_NAME }, client);

/** What the search of a world came to, and the world with all that is known of it then. */
export interface Explored extends Found<Step> {
  readonly world: World;
  readonly seconds: number;
  /** Why the specification does not allow one of its transitions; undefined when it allows all. */
  readonly unspecified: string | undefined;
  /** Whether it came out as it should: all was searched and is right, or it is wrong as known. */
  readonly isAsExpected: boolean;
}

export interface ExploreOptions {
  readonly makeHandler?: MakeHandler;
  readonly maxStates?: number;
  readonly onProgress?: (states: number, transitions: number) => void;
}

// They take some 8 GB.
const MAX_STATES = 50_000_000;

/** Searches a world to its end, or until something is wrong. */
export const exploreWorld = async (
  plan: WorldPlan,
  { makeHandler = DEPLOYED, maxStates = MAX_STATES, onProgress }: ExploreOptions = {},
): Promise<Explored> => {
  const startedMs = performance.now();
  const world = createWorld(plan, makeHandler);
  const found = await search(world, { maxStates, ...(onProgress ? { onProgress } : {}) });
  const unspecified = whyNotAllSpecified(transitionsOf(world));
  const isRight = found.isComplete && found.violation === undefined && unspecified === undefined;
  return {
    ...{ ...found, world, unspecified, seconds: (performance.now() - startedMs) / 1000 },
    isAsExpected: plan.knownWrong === undefined ? isRight : found.violation !== undefined,
  };
};
