import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** The times of repeated work. */
export interface Latency {
  /** Runs the work and records its time. */
  readonly time: <Result>(work: () => Promise<Result>) => Promise<Result>;
  readonly record: (ms: number) => void;
  /** The given percentile of the times, milliseconds, rounded to hundredths. */
  readonly percentile: (percent: number) => number;
  readonly count: () => number;
}

const NS_PER_MS = 1e6;

/** An empty recording. */
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

/** Rounded to hundredths. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/** The median; of an even number of values, the upper one. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
