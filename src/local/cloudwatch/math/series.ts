/** The values of a series by their time, in milliseconds since 1970. */
export type Series = ReadonlyMap<number, number>;

/** A value of metric math: a scalar, a series, or a list of series. */
export type MathValue = number | Series | readonly Series[];

/** Whether a value is a series; neither a scalar nor a list. */
export const isSeries = (value: MathValue): value is Series => value instanceof Map;

/** Whether a value is a list of series. */
export const isList = (value: MathValue): value is readonly Series[] => Array.isArray(value);

/** The series with a value at each of the times, without those that are not finite, such as a division by zero. */
export const seriesOf = (
  times: Iterable<number>,
  valueAt: (time: number) => number | undefined,
): Series => {
  const series = new Map<number, number>();
  for (const time of [...new Set(times)].sort((one, other) => one - other)) {
    const value = valueAt(time);
    if (value !== undefined && Number.isFinite(value)) series.set(time, value);
  }
  return series;
};
