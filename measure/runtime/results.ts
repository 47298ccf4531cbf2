import { median, round } from '../bench/meters/latency.ts';
import type { Measurement } from './measure-container.ts';

/** The steps that are measured. */
export const STEPS = ['init', 'first', 'second', 'hundredth'] as const;

type Step = (typeof STEPS)[number];

/** What a step took: milliseconds, rounded to hundredths, the medians over all containers. */
type Times = Readonly<Record<Step, number>>;

/** The results of one bundle. */
export interface BundleResult {
  readonly bundle: string;
  readonly bytes: number;
  readonly cpu: Times;
  readonly wall: Times;
  /** The most memory that was resident at once, until after the first call. */
  readonly firstPeakMegabytes: number;
  /** The same, until after the hundredth call. */
  readonly peakMegabytes: number;
  /** What the template gives it. */
  readonly memoryMegabytes: number;
}

/** The results of a run and its conditions. */
export interface RuntimeResults {
  /** ISO 8601 UTC. */
  readonly startedAt: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Containers of each bundle. */
  readonly containers: number;
  readonly bundles: readonly BundleResult[];
}

/** The medians over the containers of a bundle. */
export const summarize = (
  facts: Pick<BundleResult, 'bundle' | 'bytes' | 'memoryMegabytes'>,
  containers: readonly Measurement[],
): BundleResult => {
  const timesOf = (kind: 'cpu' | 'wall'): Times => {
    const entries = STEPS.map((step) => [
      step,
      round(median(containers.map((c) => c[step][kind]))),
    ]);
    return Object.fromEntries(entries) as Times;
  };
  const medianOf = (of: 'firstPeakMegabytes' | 'peakMegabytes'): number =>
    round(median(containers.map((container) => container[of])));
  return {
    ...facts,
    ...{ cpu: timesOf('cpu'), wall: timesOf('wall') },
    firstPeakMegabytes: medianOf('firstPeakMegabytes'),
    peakMegabytes: medianOf('peakMegabytes'),
  };
};
