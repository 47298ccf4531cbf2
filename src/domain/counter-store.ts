import type { Counter } from './counter.ts';
import type { CounterChange } from './counter-change.ts';
import type { Correction } from './rebuild.ts';

/**
 * What the store did with a change, and the whole counter as it is now.
 * - `committed`: total, days and checkpoint moved together.
 * - `conflict`: nothing moved, for a checkpoint is not what the change was planned on.
 */
export interface CommitAnswer {
  readonly status: 'committed' | 'conflict';
  readonly counter: Counter;
}

/**
 * Writes a change whole or not at all, and only onto the checkpoints that it was planned on.
 * Throws when it cannot tell which; the change may then have been written.
 */
export type CommitChange = (change: CounterChange) => Promise<CommitAnswer>;

/**
 * The writes of a rebuild, each whole or not at all. They resolve to whether their condition
 * held, and throw when they cannot tell whether it was written.
 */
export interface RebuildStore {
  /**
   * Begins a rebuild, unless one is under way or another cutoff than `lastCutoff` was marked last: so a
   * request that comes late, or twice, marks nothing again.
   */
  readonly beginRebuild: (cutoff: string, lastCutoff: string | undefined) => Promise<boolean>;
  /** Ends the rebuild of this cutoff and changes nothing else. */
  readonly abortRebuild: (cutoff: string) => Promise<boolean>;
  /** Moves the sums and the days, and ends the rebuild of this cutoff, in one write, in time. */
  readonly applyCorrection: (correction: Correction, at: string) => Promise<boolean>;
}
