import { isSeries, type Series, seriesOf } from './series.ts';

/** What `FILL` puts where a series has no value. */
export type Filler = number | Series | 'REPEAT' | 'LINEAR';

/**
 * The series with a value at each of the times: its own, or else the filler's. `REPEAT` takes the value before, and
 * `LINEAR` interpolates between the values before and after; there is none where these are missing.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list
 */
export const fill = (series: Series, filler: Filler, times: readonly number[]): Series => {
  const known = [...series];
  return seriesOf([...times, ...series.keys()], (time) => {
    const own = series.get(time);
    if (own !== undefined || typeof filler === 'number') return own ?? (filler as number);
    if (isFillingSeries(filler)) return filler.get(time);
    const before = known.findLast(([at]) => at < time);
    const after = known.find(([at]) => at > time);
    return filler === 'REPEAT' ? before?.[1] : before && after && interpolate(before, after, time);
  });
};

const isFillingSeries = (filler: Filler): filler is Series =>
  typeof filler !== 'string' && isSeries(filler);

type Known = readonly [time: number, value: number];

const interpolate = ([from, first]: Known, [to, last]: Known, time: number): number =>
  first + ((last - first) * (time - from)) / (to - from);
