import { isQuiet } from './recovery.ts';
import type { State } from './state.ts';
import type { WorldParts } from './world-parts.ts';
import type { Turn } from './world-plan.ts';

/** The possible outcomes of each of the plan's external events. */
export const turnsOf = (parts: WorldParts, state: State): (readonly Turn[])[] => {
  const scene = { state, streams: parts.streams, isQuiet: isQuiet(parts, state) };
  return parts.plan.happenings.map(({ next }, at) => next(state.marks[at] ?? 0, scene));
};
