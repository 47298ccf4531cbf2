import { canonicalText } from '../dynamodb/attribute-value.ts';
import { exploreWorld } from '../explore-world.ts';
import type { Pair } from '../world/counter-table.ts';
import type { WorldPlan } from '../world/world-plan.ts';

/** Every item and request that meet in these worlds, each pair once. */
export const collectPairs = async (plans: readonly WorldPlan[]): Promise<Pair[]> => {
  const pairs = new Map<string, Pair>();
  for (const plan of plans) {
    const { world } = await exploreWorld(plan);
    for (const pair of world.parts.table.pairs()) pairs.set(canonicalText(pair), pair);
  }
  return [...pairs.values()];
};
