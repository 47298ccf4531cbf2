/** One value for each counter, by the name of the counter. */
export type ByCounter<Value> = ReadonlyMap<string, Value>;

/** The names of all counters that have a value in one of these maps, in alphabetical order. */
export const namesIn = (...maps: readonly ByCounter<unknown>[]): string[] =>
  [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();

/** The same names, with another value for each. */
export const mapCounters = <Value, Result>(
  values: ByCounter<Value>,
  change: (value: Value, counter: string) => Result,
): Map<string, Result> =>
  new Map([...values].map(([counter, value]) => [counter, change(value, counter)]));
