import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** Times of the same work, done again and again. */
export interface Latency {
  /** Does it once more. */
  readonly time: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly record: (ms: number) => void;
  /** The milliseconds that so many percent of the times are within, to a hundredth. */
  readonly percentile: (percent: number) => number;
  readonly count: () => number;
}

const NS_PER_MS = 1e6;

/** Without a time yet. */
export const createLatency = (): Latency => {
  const histogram: RecordableHistogram = createHistogram();
  const record = (ms: number): void => histogram.record(Math.max(1, Math.round(ms * NS_PER_MS)));
  return {
    record,
    time: async (work) => {
      const startedAt = performance.now();
      const result = await work();
      record(performance.now() - startedAt);
      return result;
    },
    percentile: (percent) => round(histogram.percentile(percent) / NS_PER_MS),
    count: () => histogram.count,
  };
};

/** To a hundredth. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** The one in the middle; of an even number, the later of the two. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
