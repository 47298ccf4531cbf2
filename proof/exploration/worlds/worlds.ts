import type { WorldPlan } from '../world/world-plan.ts';
import { AUDIT_WORLDS } from './audit-worlds.ts';
import { COUNTERS_WORLDS } from './counters-worlds.ts';
import { EXPIRY_WORLDS } from './expiry-worlds.ts';
import { PROJECTOR_WORLDS } from './projector-worlds.ts';
import { REBUILD_WORLDS } from './rebuild-worlds.ts';
import { RETRACT_WORLDS } from './retract-worlds.ts';

/** All worlds. */
export const WORLDS: readonly WorldPlan[] = [
  ...PROJECTOR_WORLDS,
  ...COUNTERS_WORLDS,
  ...RETRACT_WORLDS,
  ...EXPIRY_WORLDS,
  ...REBUILD_WORLDS,
  ...AUDIT_WORLDS,
];

/** The world of this name. Throws a RangeError that lists the names when there is none. */
export const findWorld = (name: string): WorldPlan => {
  const found = WORLDS.find((world) => world.name === name);
  if (found) return found;
  throw new RangeError(
    `No world is called ${name}: ${WORLDS.map((world) => world.name).join(', ')}`,
  );
};
