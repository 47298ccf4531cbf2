import { type Checkpoint, type Counter, EMPTY_COUNTER } from '../domain/counter.ts';
import { planChange } from '../domain/counter-change.ts';
import type { CommitAnswer, CommitChange } from '../domain/counter-store.ts';
import { isAfter } from '../domain/sequence-number.ts';
import { type Tally, tallyEvents } from '../domain/tally.ts';
import type { StreamBatch } from './stream-batch.ts';

export interface ProjectorDependencies {
  readonly commitChange: CommitChange;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What one batch brought. Numbers for the eye: after a lost answer they call all duplicates. */
export type Projected = Pick<Tally, 'started' | 'duplicates'>;

/**
 * Counts one batch. When it returns, every record of the batch is at or below its shard's
 * checkpoint, and the total contains each exactly once. When it throws, the batch must come again.
 */
export type Project = (batch: StreamBatch) => Promise<Projected>;

/** The same batch met a changed checkpoint again and again; the event source brings it back. */
class ContendedCheckpointError extends Error {
  override readonly name = 'ContendedCheckpointError';

  constructor(shardId: string, attempts: number) {
    super(`The checkpoint of ${shardId} changed under ${attempts} attempts to move it`);
  }
}

// Only another live invocation of the same shard can move it, and there are few of those.
const MAX_ATTEMPTS = 10;

/**
 * A projector over one counter. It remembers the counter as last seen, but only as a guess that
 * saves writes: whatever it decides is decided by the store's condition.
 */
export const createProjector = ({ commitChange, now }: ProjectorDependencies): Project => {
  let seen = EMPTY_COUNTER;

  const attempt = async (
    batch: StreamBatch,
    basis: Checkpoint | undefined,
  ): Promise<{ readonly tally: Tally; readonly answer: CommitAnswer | undefined }> => {
    const cutMs = seen.rebuild && Date.parse(seen.rebuild.cut);
    const tally = tallyEvents(batch.events, { checkpoint: basis?.sequence, cutMs });
    const change = planChange({ shardId: batch.shardId, basis, seen }, tally, now());
    const answer = change && (await commitChange(change));
    seen = answer?.counter ?? seen;
    return { tally, answer };
  };

  return async (batch) => {
    let basis = firstBasis(batch, seen);
    for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts += 1) {
      const { tally, answer } = await attempt(batch, basis);
      if (answer?.status !== 'conflict') return tally;
      basis = answer.counter.checkpoints.get(batch.shardId);
    }
    throw new ContendedCheckpointError(batch.shardId, MAX_ATTEMPTS);
  };
};

// A guess may not decide that there is nothing to do: the item could have been restored or removed
// since. Planned on no checkpoint at all, the batch makes the store say how far it really is.
const firstBasis = ({ shardId, events }: StreamBatch, seen: Counter): Checkpoint | undefined => {
  const guess = seen.checkpoints.get(shardId);
  return events.some(({ sequence }) => isAfter(sequence, guess?.sequence)) ? guess : undefined;
};
