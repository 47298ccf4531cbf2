import { exploreWorld } from '../../../../proof/exploration/explore-world.ts';
import { WORLDS } from '../../../../proof/exploration/worlds/worlds.ts';

const MAX_STATES = 100;

/** Explores the first states of the worlds with several commands, none of which is small; returns their number. */
export const checkBeginnings = async (): Promise<Record<string, number | string>> => {
  const several = WORLDS.filter(({ operators }) => operators.length > 1);
  const found: Record<string, number | string> = {};
  for (const plan of several) {
    found[plan.name] = await exploreWorld(plan, { maxStates: MAX_STATES }).then(
      ({ states }) => states,
      (error) => String(error),
    );
  }
  return found;
};
