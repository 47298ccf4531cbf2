import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import { canonicalText } from './dynamodb/attribute-value.ts';
import type { Meeting } from './world/counter-table.ts';
import type { World } from './world/world.ts';

/**
 * A command that met the counter item: the item before, the command, and the item and the answer
 * after it. What a search found can be held against any other account of the counter by these.
 */
export interface Transition extends Meeting {
  /** What the projectors that sent it had been given: one shard's records. None for other commands. */
  readonly events: readonly StreamEvent[];
}

/** Every transition of a world that was searched, each once; refused commands and reads as well. */
export const transitionsOf = ({ parts }: World): Transition[] => {
  const events = new Map<string, Set<StreamEvent>>();
  for (const { stop } of parts.fleet.automaton.nodes) {
    if (!('call' in stop) || stop.call.kind !== 'request') continue;
    const text = canonicalText(stop.call.request);
    events.set(text, (events.get(text) ?? new Set()).add(stop.call.batch.event));
  }
  return parts.table.meetings().map((meeting) => ({
    ...meeting,
    events: [...(events.get(canonicalText(meeting.request)) ?? [])],
  }));
};
