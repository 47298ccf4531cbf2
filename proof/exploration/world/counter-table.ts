import { COUNTER, DISTINCT_SESSIONS } from '../../../src/tables/schema.ts';
import {
  type Answered,
  answerRequest,
  type Reply,
  type Request,
} from '../dynamodb/answer-request.ts';
import { canonicalText, type Item } from '../dynamodb/attribute-value.ts';
import { createInterner, type Interner } from '../engine/interner.ts';

/** The counter item of a world, with every item, request and reply numbered. */
export interface CounterTable {
  readonly items: Interner<Item | undefined>;
  readonly requests: Interner<Request>;
  readonly replies: Interner<Reply>;
  readonly requestNumber: (request: Request) => number;
  /** Applies a request to an item. Throws what the interpreter throws. */
  readonly apply: (item: number, request: number) => Applied;
  /** Every pair of item and request that occurred, once, with its result. */
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

/** A table whose item number 0 is no item. */
export const createCounterTable = (): CounterTable => {
  const items = createInterner<Item | undefined>();
  const requests = createInterner<Request>();
  const replies = createInterner<Reply>();
  const known = new Map<number, Applied>();
  const exchanges: Exchange[] = [];
  items.numberOf(canonicalText(null), undefined);
  const run = (itemNumber: number, request: Request): Applied => {
    const before = items.get(itemNumber);
    const answered = answerRequest(request, before);
    exchanges.push({ before, request, answered });
    return {
      item: items.numberOf(canonicalText(answered.item ?? null), answered.item),
      reply: replies.numberOf(canonicalText(answered.reply), answered.reply),
    };
  };
  return {
    ...{ items, requests, replies, exchanges: () => exchanges },
    requestNumber: (request) => {
      assertCounter(request);
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

const KEY = canonicalText({ [COUNTER.name]: { S: DISTINCT_SESSIONS } });

const assertCounter = ({ operation, input }: Request): void => {
  if (canonicalText(input.Key) !== KEY)
    throw new Error(`${operation} of an item that is not the counter`);
};
