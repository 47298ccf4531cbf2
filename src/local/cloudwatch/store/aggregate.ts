/** What is kept of the values of one metric in one minute, or in several. */
export interface Aggregate {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** How many values there are of each size, rounded; empty if all values are equal. */
  readonly sizes: ReadonlyMap<number, number>;
}

/** The aggregate of a single value. */
export const aggregateOf = (value: number): Aggregate => ({
  count: 1,
  sum: value,
  min: value,
  max: value,
  sizes: NO_SIZES,
});

/** The aggregate of the values of both. */
export const mergeAggregates = (one: Aggregate, other: Aggregate): Aggregate => {
  const min = Math.min(one.min, other.min);
  const max = Math.max(one.max, other.max);
  return {
    count: one.count + other.count,
    sum: one.sum + other.sum,
    min,
    max,
    sizes: min === max ? NO_SIZES : mergeSizes(sizesOf(one), sizesOf(other)),
  };
};

/** How many values there are of each size, rounded to three significant digits. */
export const sizesOf = ({ count, min, sizes }: Aggregate): ReadonlyMap<number, number> =>
  sizes.size > 0 ? sizes : new Map([[roundSize(min), count]]);

const NO_SIZES: ReadonlyMap<number, number> = new Map();

// This bounds the memory of a minute: there are 900 sizes between a number and ten times that number.
const roundSize = (value: number): number => Number(value.toPrecision(3));

const mergeSizes = (one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>) => {
  const merged = new Map(one);
  for (const [size, count] of other) merged.set(size, (merged.get(size) ?? 0) + count);
  return merged;
};
