import type { Counter, CounterChange } from './counter.ts';

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
