import { isQuiet } from './recovery.ts';
import type { State } from './state.ts';
import type { WorldParts } from './world-parts.ts';
import type { Turn } from './world-plan.ts';

/** How each of the plan's happenings can go on. */
export const turnsOf = (parts: WorldParts, state: State): (readonly Turn[])[] => {
  const scene = { state, streams: parts.streams, isQuiet: isQuiet(parts, state) };
  return parts.plan.happenings.map(({ next }, at) => next(state.marks[at] ?? 0, scene));
};
