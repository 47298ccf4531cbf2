import { SITE } from '../../../src/domain/counter-name.ts';
import { COUNTER, DISTINCT_SESSIONS } from '../../../src/tables/schema.ts';
import type { Request } from '../dynamodb/answer-request.ts';
import type { Item } from '../dynamodb/attribute-value.ts';

/** The counter items of a world, by their keys. */
export type CounterItems = Readonly<Record<string, Item>>;

// Written again here, because the function under test decides which item it writes.
const keyOf = (counter: string): string =>
  counter === SITE ? DISTINCT_SESSIONS : `${DISTINCT_SESSIONS}/${counter}`;

/** The item of a counter; undefined when there is none. */
export const itemOf = (items: CounterItems, counter: string = SITE): Item | undefined =>
  items[keyOf(counter)];

/** The key of the item that a request is for. Throws a RangeError when it is no counter item. */
export const requestedKey = ({
  operation,
  input,
}: Pick<Request, 'operation' | 'input'>): string => {
  const { [COUNTER.name]: name, ...others } = input.Key as Item;
  const isCounter = name?.S === DISTINCT_SESSIONS || name?.S?.startsWith(`${DISTINCT_SESSIONS}/`);
  if (name?.S && isCounter && Object.keys(others).length === 0) return name.S;
  throw new RangeError(`${operation} of an item that is no counter: ${JSON.stringify(input.Key)}`);
};

/** The counter that a request is for. */
export const requestedCounter = (request: Pick<Request, 'operation' | 'input'>): string =>
  counterOfKey(requestedKey(request));

/** The name of the counter whose item has this key. */
export const counterOfKey = (key: string): string =>
  key === DISTINCT_SESSIONS ? SITE : key.slice(DISTINCT_SESSIONS.length + 1);
