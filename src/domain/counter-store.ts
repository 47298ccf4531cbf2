import type { Counter } from './counter.ts';
import type { CounterChange } from './counter-change.ts';

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
