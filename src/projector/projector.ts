import { type Checkpoint, type Counter, EMPTY_COUNTER } from '../domain/counter.ts';
import { planChange } from '../domain/counter-change.ts';
import type { CommitAnswer, CommitChange } from '../domain/counter-store.ts';
import { isAfter, type SequenceNumber } from '../domain/sequence-number.ts';
import { type Tally, tallyEvents } from '../domain/tally.ts';
import { createLeapGuard, LeapedRecordsError } from './leap-guard.ts';
import type { StreamBatch } from './stream-batch.ts';

/** What one batch brought. Numbers for the eye: after a lost answer they call all duplicates. */
export interface Projected extends Pick<Tally, 'started' | 'duplicates' | 'late'> {
  /** Whether it was counted although records before it failed and never came again. */
  readonly leapt: boolean;
}

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
export const createProjector = (commitChange: CommitChange): Project => {
  const guard = createLeapGuard();
  const { count, lookAt } = createCounting(commitChange);
  return async (batch) => {
    try {
      const leapt = guard.isSuspect(batch) && guard.refuseLeap(batch, await lookAt(batch));
      const tally = await count(batch);
      guard.noteSuccess(batch);
      return { ...tally, leapt };
    } catch (error) {
      if (!(error instanceof LeapedRecordsError)) guard.noteFailure(batch);
      throw error;
    }
  };
};

interface Counting {
  /** Counts a batch, however often its checkpoint turns out to be another one. */
  readonly count: (batch: StreamBatch) => Promise<Tally>;
  /** The counter as it is now, at the cost of a refused write. */
  readonly lookAt: (batch: StreamBatch) => Promise<Counter>;
}

const createCounting = (commitChange: CommitChange): Counting => {
  let lastKnownCounter = EMPTY_COUNTER;
  const attempt = async (
    { shardId, events }: StreamBatch,
    expectedCheckpoint: Checkpoint | undefined,
  ): Promise<{ readonly tally: Tally; readonly answer: CommitAnswer | undefined }> => {
    const cutoffMs = lastKnownCounter.rebuild && Date.parse(lastKnownCounter.rebuild.cutoff);
    const { watermark } = lastKnownCounter;
    const tally = tallyEvents(events, { expectedCheckpoint, watermark, cutoffMs });
    const change = planChange({ shardId, expectedCheckpoint, lastKnownCounter }, tally);
    const answer = change && (await commitChange(change));
    lastKnownCounter = answer?.counter ?? lastKnownCounter;
    return { tally, answer };
  };
  const count = async (batch: StreamBatch): Promise<Tally> => {
    let expectedCheckpoint = guessCheckpoint(batch, lastKnownCounter);
    for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts += 1) {
      const { tally, answer } = await attempt(batch, expectedCheckpoint);
      if (answer?.status !== 'conflict') return tally;
      expectedCheckpoint = answer.counter.checkpoints.get(batch.shardId);
    }
    throw new ContendedCheckpointError(batch.shardId, MAX_ATTEMPTS);
  };
  const lookAt = async (batch: StreamBatch): Promise<Counter> => {
    await attempt(batch, NEVER_STORED);
    return lastKnownCounter;
  };
  return { count, lookAt };
};

// A change on this checkpoint is always refused, and the refusal shows the counter as it is: the
// projector may write the item, but has no permission to read it.
const NEVER_STORED: Checkpoint = { sequence: '' as SequenceNumber, at: -1 };

// A guess may not decide that there is nothing to do: the item could have been restored or removed
// since. Planned on no checkpoint at all, the batch makes the store say how far it really is.
const guessCheckpoint = (
  { shardId, events }: StreamBatch,
  lastKnownCounter: Counter,
): Checkpoint | undefined => {
  const guess = lastKnownCounter.checkpoints.get(shardId);
  return events.some(({ sequence }) => isAfter(sequence, guess?.sequence)) ? guess : undefined;
};
