/** An empty map by the name of a counter. Without a prototype, because `constructor` is a name too. */
export const createMap = <Value>(): Record<string, Value> => ({ __proto__: null }) as never;
