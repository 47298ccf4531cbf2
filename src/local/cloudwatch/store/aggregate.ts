/** What is kept of the values of one metric in one minute, or in several. */
export interface Aggregate {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** How many values there are of each size, rounded; undefined while all values are equal. */
  readonly sizes: ReadonlyMap<number, number> | undefined;
}

/** An aggregate to which values are added. */
export type GrowingAggregate = { -readonly [Key in keyof Aggregate]: Aggregate[Key] } & {
  sizes: Map<number, number> | undefined;
};

/** The aggregate of no values. */
export const createAggregate = (): GrowingAggregate => ({
  count: 0,
  sum: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  sizes: undefined,
});

/** The aggregate of a single value. */
export const aggregateOf = (value: number): Aggregate => ({
  count: 1,
  sum: value,
  min: value,
  max: value,
  sizes: undefined,
});

/** Adds the values of `added` to `target`. */
export const addAggregate = (target: GrowingAggregate, added: Aggregate): void => {
  const min = Math.min(target.min, added.min);
  const max = Math.max(target.max, added.max);
  if (min < max) {
    target.sizes ??= new Map(sizesOf(target));
    for (const [size, count] of sizesOf(added)) {
      target.sizes.set(size, (target.sizes.get(size) ?? 0) + count);
    }
  }
  target.min = min;
  target.max = max;
  target.count += added.count;
  target.sum += added.sum;
};

/** How many values there are of each size, rounded to three significant digits. */
export const sizesOf = ({ count, min, sizes }: Aggregate): ReadonlyMap<number, number> =>
  sizes ?? new Map(count === 0 ? [] : [[roundSize(min), count]]);

// This bounds the memory of a minute: there are 900 sizes between a number and ten times that number.
const roundSize = (value: number): number => Number(value.toPrecision(3));
