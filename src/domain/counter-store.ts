import type { Counter } from './counter.ts';
import type { CounterChange } from './counter-change.ts';
import type { Correction } from './rebuild.ts';

/**
 * What the store did with a change, and the whole counter afterwards.
 * - `committed`: total, days and checkpoint were written together.
 * - `conflict`: nothing was written, because the counter no longer matches what the change was planned on.
 */
export interface CommitAnswer {
  readonly status: 'committed' | 'conflict';
  readonly counter: Counter;
}

/**
 * Writes a change atomically, and only if the counter still matches what the change was planned on.
 * Throws when the outcome is unknown; the change may then have been written.
 */
export type CommitChange = (change: CounterChange) => Promise<CommitAnswer>;

/**
 * The writes of a rebuild, each atomic. They resolve to whether their condition held, and throw when
 * the outcome is unknown.
 */
export interface RebuildStore {
  /**
   * Begins a rebuild, unless one is running or the most recent cutoff is not `lastCutoff`. So a delayed
   * or repeated request cannot begin the same rebuild a second time.
   */
  readonly beginRebuild: (cutoff: string, lastCutoff: string | undefined) => Promise<boolean>;
  /** Ends the rebuild of this cutoff without changing anything else. */
  readonly abortRebuild: (cutoff: string) => Promise<boolean>;
  /** Moves totals and days, and ends the rebuild, in one write; refused after `deadlineOfRebuild`. */
  readonly applyCorrection: (correction: Correction, at: string) => Promise<boolean>;
}
