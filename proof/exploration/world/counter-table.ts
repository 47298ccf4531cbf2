import {
  type Answered,
  answerRequest,
  type Reply,
  type Request,
} from '../dynamodb/answer-request.ts';
import { canonicalText, type Item, inOrder } from '../dynamodb/attribute-value.ts';
import { createInterner, type Interner } from '../engine/interner.ts';
import { type CounterItems, requestedKey } from './counter-items.ts';

/** The counter items of a world, with all that exist at once, every request and every reply numbered. */
export interface CounterTable {
  readonly items: Interner<CounterItems>;
  readonly requests: Interner<Request>;
  readonly replies: Interner<Reply>;
  readonly requestNumber: (request: Request) => number;
  /** Applies a request to these items. Throws what the interpreter throws. */
  readonly apply: (items: number, request: number) => Applied;
  /** Every pair of an item and request that occurred, once, with its result. */
  readonly exchanges: () => readonly Exchange[];
}

export interface Applied {
  readonly item: number;
  readonly reply: number;
}

/** A request applied to an item, and the result. */
export interface Exchange {
  /** The item before; undefined when there is none. */
  readonly before: Item | undefined;
  readonly request: Request;
  readonly answered: Answered;
}

/** A table in which number 0 of the items means none. */
export const createCounterTable = (): CounterTable => {
  const items = createInterner<CounterItems>();
  const requests = createInterner<Request>();
  const replies = createInterner<Reply>();
  const known = new Map<number, Applied>();
  // The same item occurs together with different items of other counters.
  const exchanges = createInterner<Exchange>();
  items.numberOf(canonicalText({}), {});
  const run = (itemNumber: number, request: Request): Applied => {
    const held = items.get(itemNumber);
    const key = requestedKey(request);
    const answered = answerRequest(request, held[key]);
    const exchange = { before: held[key], request, answered };
    exchanges.numberOf(canonicalText([held[key] ?? null, request]), exchange);
    const after = answered.item ? inOrder({ ...held, [key]: answered.item }) : held;
    return {
      item: items.numberOf(canonicalText(after), after),
      reply: replies.numberOf(canonicalText(answered.reply), answered.reply),
    };
  };
  return {
    ...{ items, requests, replies, exchanges: () => exchanges.all },
    requestNumber: (request) => {
      requestedKey(request);
      return requests.numberOf(canonicalText(request), request);
    },
    apply: (item, request) => {
      const key = item * 0x1_0000_0000 + request;
      const applied = known.get(key) ?? run(item, requests.get(request));
      known.set(key, applied);
      return applied;
    },
  };
};
