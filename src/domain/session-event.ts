import type { SequenceNumber } from './sequence-number.ts';

/** What happened to one session row, from one stream record. */
export type SessionEvent = CountedEvent | SessionTouched | Unrecognized;

/** An event that changes the numbers of the counter. */
export type CountedEvent = SessionStarted | SessionRetracted | SessionRemoved | SessionRestored;

/** Where and when DynamoDB wrote the record of an event. */
export interface RecordPosition {
  readonly sequence: SequenceNumber;
  /** By DynamoDB's clock, epoch seconds; undefined when the record has no time. */
  readonly writtenAt: number | undefined;
}

/** Where and when it was written, and the first visit of its row. */
interface DatedPosition extends RecordPosition {
  /** Epoch milliseconds; undefined when the row has no readable first visit. */
  readonly firstMs: number | undefined;
}

/** A row was inserted: a new distinct session. */
export interface SessionStarted extends DatedPosition {
  readonly type: 'SessionStarted';
}

/** A row that was marked as retracted was deleted: the session never counted. */
export interface SessionRetracted extends DatedPosition {
  readonly type: 'SessionRetracted';
}

/** A row was updated: its session was counted when it started. */
export interface SessionTouched extends RecordPosition {
  readonly type: 'SessionTouched';
}

/** A row was deleted, by its time to live or by a request. */
export interface SessionRemoved extends DatedPosition {
  readonly type: 'SessionRemoved';
}

/** A row that had been deleted was inserted again, with a mark: its session was counted before. */
export interface SessionRestored extends DatedPosition {
  readonly type: 'SessionRestored';
}

/** A record with an unknown event name; it only moves the checkpoint. */
export interface Unrecognized extends RecordPosition {
  readonly type: 'Unrecognized';
}
