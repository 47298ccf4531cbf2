import { isQuiet } from './recovery.ts';
import type { State } from './state.ts';
import type { WorldParts } from './world-parts.ts';
import type { EventOutcome } from './world-plan.ts';

/** The possible outcomes of each of the plan's external events. */
export const eventOutcomes = (parts: WorldParts, state: State): (readonly EventOutcome[])[] => {
  const context = { state, streams: parts.streams, isQuiet: isQuiet(parts, state) };
  return parts.plan.externalEvents.map(({ next }, at) =>
    next(state.eventProgress[at] ?? 0, context),
  );
};
