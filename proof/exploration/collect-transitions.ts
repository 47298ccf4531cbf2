import { canonicalText } from './dynamodb/attribute-value.ts';
import { exploreWorld } from './explore-world.ts';
import { type Transition, transitionsOf } from './transitions.ts';
import type { WorldPlan } from './world/world-plan.ts';

/** Every pair of item and request that occurs in these worlds, once. */
export const collectTransitions = async (plans: readonly WorldPlan[]): Promise<Transition[]> => {
  const transitions = new Map<string, Transition>();
  for (const plan of plans) {
    const { world } = await exploreWorld(plan);
    for (const transition of transitionsOf(world)) {
      const { before = null, request } = transition;
      transitions.set(canonicalText([before, request]), transition);
    }
  }
  return [...transitions.values()];
};
