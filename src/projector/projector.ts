import { type Checkpoint, type Counter, EMPTY_COUNTER } from '../domain/counter.ts';
import { planChange } from '../domain/counter-change.ts';
import type { CommitAnswer, CommitChange } from '../domain/counter-store.ts';
import { fitsOneWrite } from '../domain/fits-one-write.ts';
import { compareSequence, isAfter, type SequenceNumber } from '../domain/sequence-number.ts';
import { type Tally, tallyEvents } from '../domain/tally.ts';
import { LAST_SECOND } from '../domain/utc-day.ts';
import type { LeapGuard } from './leap-guard.ts';
import type { StreamBatch } from './stream-batch.ts';

/** The result of a batch. For logs and metrics only: after a lost response it reports all as duplicates. */
export type Counted = Pick<Tally, 'started' | 'duplicates' | 'late'>;

/** A projector for one counter. */
export interface Projector {
  /**
   * Whether the batch is accepted although earlier records failed and were never delivered again. Throws a
   * LeapedRecordsError to refuse it until they are.
   */
  readonly checkLeap: (batch: StreamBatch) => Promise<boolean>;
  /**
   * Counts one batch. When it returns, every record of the batch is at or below its shard's checkpoint, and
   * the total contains each exactly once. When it throws, the guard has to note a failure, and the batch must be
   * delivered again. Takes one write, or several for sessions of more days and months than one write can add to.
   */
  readonly count: (batch: StreamBatch) => Promise<Counted>;
}

/** The checkpoint changed during every attempt to write a batch; the event source delivers it again. */
class ContendedCheckpointError extends Error {
  override readonly name = 'ContendedCheckpointError';

  constructor({ counter, shardId }: StreamBatch, attempts: number) {
    super(
      `The checkpoint of ${shardId} for the counter ${counter} changed during each of ${attempts} attempts to move it`,
    );
  }
}

// Only a concurrent invocation for the same shard can change it, and there are few of those.
const MAX_ATTEMPTS = 10;

/**
 * A projector for one counter, with the guard of its container. It caches the last known counter, but only as a guess
 * that saves writes: the store's condition decides.
 */
export const createProjector = (commitChange: CommitChange, guard: LeapGuard): Projector => {
  const { count, readByRefusedWrite } = createBatchCounter(commitChange);
  return {
    checkLeap: async (batch) =>
      guard.isSuspect(batch) && guard.checkLeap(batch, await readByRefusedWrite(batch)),
    count: async (batch) => {
      const tally = await count(batch);
      guard.noteSuccess(batch);
      return tally;
    },
  };
};

interface BatchCounter {
  /** Counts a batch, with a new attempt whenever its checkpoint is not the expected one. */
  readonly count: (batch: StreamBatch) => Promise<Counted>;
  /** The current counter, at the cost of a refused write. */
  readonly readByRefusedWrite: (batch: StreamBatch) => Promise<Counter>;
}

const createBatchCounter = (commitChange: CommitChange): BatchCounter => {
  let lastKnownCounter = EMPTY_COUNTER;
  const attempt = async (
    { counter, shardId, events }: StreamBatch,
    expectedCheckpoint: Checkpoint | undefined,
  ): Promise<Attempt> => {
    const cutoffMs = lastKnownCounter.rebuild && Date.parse(lastKnownCounter.rebuild.cutoff);
    const { watermark } = lastKnownCounter;
    const tally = tallyEvents(events, { expectedCheckpoint, watermark, cutoffMs });
    const change = planChange({ counter, shardId, expectedCheckpoint, lastKnownCounter }, tally);
    if (change && !fitsOneWrite(change)) return { tally, answer: 'too large' };
    const answer = change && (await commitChange(change));
    lastKnownCounter = answer?.counter ?? lastKnownCounter;
    return { tally, answer };
  };
  const count = async (batch: StreamBatch): Promise<Counted> => {
    let expectedCheckpoint = guessCheckpoint(batch, lastKnownCounter);
    for (let attempts = 0; attempts < MAX_ATTEMPTS; attempts += 1) {
      const { tally, answer } = await attempt(batch, expectedCheckpoint);
      if (answer === 'too large') return countHalves(batch);
      if (answer?.status !== 'conflict') return tally;
      expectedCheckpoint = answer.counter.checkpoints.get(batch.shardId);
    }
    throw new ContendedCheckpointError(batch, MAX_ATTEMPTS);
  };
  // Each half is counted in a write of its own, as if it had been delivered as a batch.
  const countHalves = async (batch: StreamBatch): Promise<Counted> => {
    const [first, second] = halve(batch);
    return joinCounted(await count(first), await count(second));
  };
  // One event is enough to be refused, and always fits in one write.
  const readByRefusedWrite = async ({ events, ...batch }: StreamBatch): Promise<Counter> => {
    await attempt({ ...batch, events: events.slice(0, 1) }, NEVER_STORED);
    return lastKnownCounter;
  };
  return { count, readByRefusedWrite };
};

interface Attempt {
  readonly tally: Tally;
  /** Undefined if there was nothing to write. */
  readonly answer: CommitAnswer | 'too large' | undefined;
}

// In order, because the first half moves the checkpoint past everything before its last event.
const halve = ({ events, ...batch }: StreamBatch): [StreamBatch, StreamBatch] => {
  const ordered = events.toSorted((a, b) => compareSequence(a.sequence, b.sequence));
  const middle = Math.ceil(ordered.length / 2);
  return [
    { ...batch, events: ordered.slice(0, middle) },
    { ...batch, events: ordered.slice(middle) },
  ];
};

const joinCounted = (a: Counted, b: Counted): Counted => ({
  started: a.started + b.started,
  duplicates: a.duplicates + b.duplicates,
  late: a.late + b.late,
});

// A change that expects this checkpoint is always refused, and the refusal returns the current counter:
// the projector has permission to write the item, but not to read it. No record is written that late.
const NEVER_STORED: Checkpoint = { sequence: '' as SequenceNumber, at: LAST_SECOND + 1 };

// A guess must not decide that there is nothing to do, because the item may have been restored or deleted
// since. Expecting no checkpoint makes the store return the real one.
const guessCheckpoint = (
  { shardId, events }: StreamBatch,
  lastKnownCounter: Counter,
): Checkpoint | undefined => {
  const guess = lastKnownCounter.checkpoints.get(shardId);
  return events.some(({ sequence }) => isAfter(sequence, guess?.sequence)) ? guess : undefined;
};
