import type { Counter } from '../domain/counter.ts';
import { compareSequence, isAfter, type SequenceNumber } from '../domain/sequence-number.ts';
import type { SessionEvent } from '../domain/session-event.ts';
import type { StreamBatch } from './stream-batch.ts';

/** A batch starts after records of its shard that failed in this container and are still not counted. */
export class LeapedRecordsError extends Error {
  override readonly name = 'LeapedRecordsError';

  constructor(shardId: string) {
    super(
      `A batch of ${shardId} leaps over records that failed and have not been delivered again yet`,
    );
  }
}

/**
 * What one container knows about batches that failed in it. Lambda guarantees a shard's order for the
 * first attempt only: "records that are processed more than once" may arrive out of order, and a
 * checkpoint that passes a failed record loses it.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
 */
export interface LeapGuard {
  /** Records the events of a batch that failed, or was not begun. Not for one that was refused as a leap. */
  readonly noteFailure: (batch: StreamBatch) => void;
  /** Removes failures at or before the last record of a counted batch. */
  readonly noteSuccess: (batch: StreamBatch) => void;
  /** Whether the batch starts after a record that failed, as far as this container knows. */
  readonly isSuspect: (batch: StreamBatch) => boolean;
  /**
   * Whether a suspect batch is a leap by the current counter, and is accepted nevertheless. Throws a
   * LeapedRecordsError to refuse a leap, so that Lambda retries the batch. Accepts it after `MAX_REFUSALS`,
   * because records that have left the stream are never delivered again.
   */
  readonly checkLeap: (batch: StreamBatch, counter: Counter) => boolean;
}

/** How often a leap is refused before it is accepted and reported. */
export const MAX_REFUSALS = 5;

interface Failures {
  /** The events that failed, in order. */
  readonly events: readonly SessionEvent[];
  readonly refusals: number;
}

const NONE: Failures = { events: [], refusals: 0 };

/** A guard without any failure. */
export const createLeapGuard = (): LeapGuard => {
  const failures = new Map<string, Failures>();
  const failed = (batch: StreamBatch): Failures => failures.get(keyOf(batch)) ?? NONE;
  return {
    noteFailure: (batch) => {
      const events = mergeEvents(failed(batch).events, batch.events);
      failures.set(keyOf(batch), { events, refusals: 0 });
    },
    noteSuccess: (batch) => {
      const last = batch.events.map(({ sequence }) => sequence).reduce(later, undefined);
      const left = failed(batch).events.filter(({ sequence }) => isAfter(sequence, last));
      if (left.length === 0) failures.delete(keyOf(batch));
      else if (last !== undefined) failures.set(keyOf(batch), { events: left, refusals: 0 });
    },
    isSuspect: (batch) => failedBefore(batch, failed(batch)).length > 0,
    checkLeap: (batch, counter) => {
      const { events, refusals } = failed(batch);
      const isLeap = failedBefore(batch, { events, refusals }).some(
        (event) => !isSettled(event, batch.shardId, counter),
      );
      if (!isLeap || refusals >= MAX_REFUSALS) return isLeap;
      failures.set(keyOf(batch), { events, refusals: refusals + 1 });
      throw new LeapedRecordsError(batch.shardId);
    },
  };
};

// The name of a counter has no space.
const keyOf = ({ counter, shardId }: StreamBatch): string => `${shardId} ${counter}`;

const failedBefore = ({ events }: StreamBatch, { events: failed }: Failures): SessionEvent[] => {
  const first = events.map(({ sequence }) => sequence).reduce(earlier, undefined);
  return first === undefined ? [] : failed.filter(({ sequence }) => isAfter(first, sequence));
};

// Already counted, or so old that it would be skipped as late.
const isSettled = (
  { sequence, writtenAt = 0 }: SessionEvent,
  shardId: string,
  { checkpoints, watermark }: Counter,
): boolean => {
  const checkpoint = checkpoints.get(shardId);
  const isCounted = checkpoint !== undefined && !isAfter(sequence, checkpoint.sequence);
  return isCounted || (watermark > 0 && writtenAt <= watermark);
};

const mergeEvents = (known: readonly SessionEvent[], more: readonly SessionEvent[]) =>
  [...new Map([...known, ...more].map((event) => [event.sequence, event])).values()].sort((a, b) =>
    compareSequence(a.sequence, b.sequence),
  );

type Found = SequenceNumber | undefined;

const earlier = (a: Found, b: SequenceNumber): SequenceNumber =>
  a === undefined || isAfter(a, b) ? b : a;

const later = (a: Found, b: SequenceNumber): SequenceNumber => (isAfter(b, a) ? b : (a ?? b));
