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

/** Values by counter that are created when they are first asked for. */
export interface CreatedByCounter<Value> {
  /** The value of the counter with this name. */
  readonly of: (counter: string) => Value;
  /** The values that were created, in their order. */
  readonly created: ByCounter<Value>;
}

/** No value yet; `create` makes that of each counter, once. */
export const createByCounter = <Value>(create: () => Value): CreatedByCounter<Value> => {
  const created = new Map<string, Value>();
  const of = (counter: string): Value => {
    const known = created.get(counter);
    if (known !== undefined) return known;
    const value = create();
    created.set(counter, value);
    return value;
  };
  return { of, created };
};
