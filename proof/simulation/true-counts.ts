import { createByCounter } from '../../src/domain/by-counter.ts';

/** What has happened to the rows of one counter. */
export interface TrueCounts {
  /** Of every day there ever was, however old. */
  readonly startedByDay: Map<string, number>;
  readonly removedByDay: Map<string, number>;
  /** Sessions that started, less those that were retracted. */
  started: number;
  /** Rows that were removed, less those that were restored. */
  removed: number;
  /** What the records that left the stream uncounted would have added to both, and their number. */
  readonly lost: { started: number; removed: number; records: number };
  /** How often an old row came or went: a deletion, a restore, an import, or an insert without a first visit. */
  oldRowChanges: number;
}

/** The counts of each counter, by its name; zero at first. */
export const createTrueCounts = (): ((counter: string) => TrueCounts) =>
  createByCounter(noCounts).of;

const noCounts = (): TrueCounts => ({
  ...{ startedByDay: new Map(), removedByDay: new Map() },
  ...{ started: 0, removed: 0, lost: { started: 0, removed: 0, records: 0 }, oldRowChanges: 0 },
});
