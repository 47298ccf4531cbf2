import { isList, isSeries, type MathValue, type Series, seriesOf } from './series.ts';

/** Reduces the values of a series, or those of `length` series at one time, to one. */
type Reduction = (values: readonly number[], length: number) => number;

const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  // The average counts missing values of a list as 0.
  AVG: (values, length) => sum(values) / length,
  MAX: (values) => values.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY),
  MIN: (values) => values.reduce((one, other) => Math.min(one, other), Number.POSITIVE_INFINITY),
  SUM: (values) => sum(values),
};

const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);

/**
 * `AVG`, `MAX`, `MIN` or `SUM`: a scalar for all values of one series, and a series for a list. Undefined for a scalar.
 */
export const reduce = (name: string, value: MathValue): MathValue | undefined => {
  const reduction = REDUCTIONS[name];
  if (!reduction || typeof value === 'number') return undefined;
  if (!isList(value)) return reduction([...value.values()], value.size);
  const times = value.flatMap((series) => [...series.keys()]);
  return seriesOf(times, (time) => {
    const values = value.flatMap((series) => series.get(time) ?? []);
    return reduction(values, value.length);
  });
};

/**
 * `IF`: the second value where the condition is not 0, and the third, if any, where it is 0. Undefined for lists.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#using-IF-expressions
 */
export const choose = (
  condition: MathValue,
  then: MathValue,
  otherwise: MathValue = NOTHING,
): MathValue | undefined => {
  if (isList(condition) || isList(then) || isList(otherwise)) return undefined;
  if (!isSeries(condition)) return condition === 0 ? otherwise : then;
  return seriesOf(condition.keys(), (time) => {
    if (condition.get(time) === 0) return isSeries(otherwise) ? otherwise.get(time) : otherwise;
    // A missing value counts as 0 here, but not in the third argument.
    return isSeries(then) ? (then.get(time) ?? 0) : then;
  });
};

const NOTHING: Series = new Map();

/** `RATE`: the change since the value before, per second. The first value has none. */
export const rate = (series: Series): Series => {
  const known = [...series];
  const rates = known.flatMap(([time, value], i): [number, number][] => {
    const before = known[i - 1];
    return before ? [[time, (value - before[1]) / ((time - before[0]) / 1_000)]] : [];
  });
  return new Map(rates);
};
