/** How long the benchmark may run: seconds, under a minute, minutes, or without a limit. */
export type Mode = 'smoke' | 'quick' | 'normal' | 'full';

/** The amount of work to measure. */
export interface Plan {
  /** Whether the first repetitions are not measured, because the engine is still compiling. */
  readonly isWarmedUp: boolean;
  /** The numbers of stored sessions for which page views are measured. */
  readonly stored: readonly number[];
  /** Page views for each of them. */
  readonly views: number;
  /** Page views of an algorithm that reads the whole table and takes seconds each. */
  readonly slowViews: number;
  /** The numbers of active sessions for which reads are measured. */
  readonly active: readonly number[];
  /** Seconds of reads for each of them. */
  readonly activeSeconds: number;
  readonly throughput: {
    /** The number of pairs of slices, ours and the bare SDK's, and the seconds of a slice. */
    readonly pairs: number;
    readonly seconds: number;
    /** The number of browsers, which visit repeatedly. */
    readonly browsers: number;
  };
  /** For the projector. */
  readonly records: {
    /** Records for each size of batch, in memory and on the emulator. */
    readonly memory: number;
    readonly emulator: number;
    /** Records in a batch with several counters, and how long a slow write of such a batch takes, milliseconds. */
    readonly batch: number;
    readonly writeMs: number;
  };
  readonly visibleSeconds: number;
  /** Starts of each bundle. */
  readonly starts: number;
  readonly sustainedSeconds: number;
  /** The final length of the embedded DynamoDB's stream, and the steps to it. */
  readonly streamRecords: number;
  readonly streamStep: number;
  /** Whether the emulator keeps its tables in memory, which is faster than a file. */
  readonly isInMemory: boolean;
}

export const PLANS: Readonly<Record<Mode, Plan>> = {
  // The least with which each counted goal can still fail. Its times mean nothing.
  smoke: {
    ...{ stored: [100, 8_000], views: 2, slowViews: 1 },
    ...{ active: [10, 500], activeSeconds: 0.2 },
    throughput: { pairs: 1, seconds: 0.05, browsers: 20 },
    records: { memory: 10_000, emulator: 10_000, batch: 10_000, writeMs: 1 },
    ...{ visibleSeconds: 0.25, starts: 1, sustainedSeconds: 0.2 },
    ...{ streamRecords: 200, streamStep: 100, isInMemory: true, isWarmedUp: false },
  },
  quick: {
    ...{ stored: [100, 8_000], views: 30, slowViews: 3 },
    ...{ active: [10, 2_000], activeSeconds: 1 },
    throughput: { pairs: 1, seconds: 1, browsers: 2_000 },
    records: { memory: 100_000, emulator: 10_000, batch: 10_000, writeMs: 50 },
    ...{ visibleSeconds: 2, starts: 5, sustainedSeconds: 3 },
    ...{ streamRecords: 2_000, streamStep: 1_000, isInMemory: false, isWarmedUp: true },
  },
  normal: {
    ...{ stored: [100, 10_000, 100_000], views: 200, slowViews: 10 },
    ...{ active: [10, 1_000, 10_000, 100_000], activeSeconds: 5 },
    throughput: { pairs: 4, seconds: 4, browsers: 2_000 },
    records: { memory: 500_000, emulator: 50_000, batch: 10_000, writeMs: 50 },
    ...{ visibleSeconds: 15, starts: 21, sustainedSeconds: 60 },
    ...{ streamRecords: 15_000, streamStep: 5_000, isInMemory: false, isWarmedUp: true },
  },
  full: {
    ...{ stored: [100, 10_000, 100_000, 1_000_000], views: 300, slowViews: 5 },
    ...{ active: [10, 1_000, 10_000, 100_000], activeSeconds: 10 },
    throughput: { pairs: 6, seconds: 5, browsers: 2_000 },
    records: { memory: 500_000, emulator: 100_000, batch: 10_000, writeMs: 50 },
    ...{ visibleSeconds: 30, starts: 31, sustainedSeconds: 600 },
    ...{ streamRecords: 20_000, streamStep: 5_000, isInMemory: false, isWarmedUp: true },
  },
};
