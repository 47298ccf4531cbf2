import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import { canonicalText } from './dynamodb/attribute-value.ts';
import type { Exchange } from './world/counter-table.ts';
import type { World } from './world/world.ts';

/**
 * A request applied to the counter item: the item before, the request, the item after it and the reply.
 * Other checks can compare what a search found with these.
 */
export interface Transition extends Exchange {
  /** The events of the projectors that sent it, each of one shard; empty for other commands. */
  readonly events: readonly StreamEvent[];
}

/** Every transition of an explored world, once, including refused requests and reads. */
export const transitionsOf = ({ parts }: World): Transition[] => {
  const events = new Map<string, Set<StreamEvent>>();
  for (const { stop } of parts.pool.automaton.nodes) {
    if (!('call' in stop) || stop.call.kind !== 'request') continue;
    const text = canonicalText(stop.call.request);
    events.set(text, (events.get(text) ?? new Set()).add(stop.call.batch.event));
  }
  return parts.table.exchanges().map((exchange) => ({
    ...exchange,
    events: [...(events.get(canonicalText(exchange.request)) ?? [])],
  }));
};
