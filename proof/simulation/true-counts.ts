import { createByCounter } from '../../src/domain/by-counter.ts';

/** What has happened to the rows of one counter. */
export interface TrueCounts {
  readonly startedByDay: Map<string, number>;
  readonly removedByDay: Map<string, number>;
  inserts: number;
  removes: number;
  /** How many of their records left the stream before they were counted. */
  readonly lost: { inserts: number; removes: number };
  /** Inserts whose records have no first visit. */
  undated: number;
  /** Rows that were imported. */
  imports: number;
}

/** The counts of each counter, by its name; zero at first. */
export const createTrueCounts = (): ((counter: string) => TrueCounts) =>
  createByCounter(noCounts).of;

const noCounts = (): TrueCounts => ({
  ...{ startedByDay: new Map(), removedByDay: new Map() },
  ...{ inserts: 0, removes: 0, lost: { inserts: 0, removes: 0 }, undated: 0, imports: 0 },
});
