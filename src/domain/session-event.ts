import type { SequenceNumber } from './sequence-number.ts';

/** What happened to one session row, from one stream record. */
export type SessionEvent = SessionStarted | SessionTouched | SessionRemoved | Unrecognized;

/** Where and when DynamoDB wrote the record of an event. */
export interface RecordPosition {
  readonly sequence: SequenceNumber;
  /** By DynamoDB's clock, epoch seconds; undefined when the record has no time. */
  readonly writtenAt: number | undefined;
}

/** A row was inserted: a new distinct session. */
export interface SessionStarted extends RecordPosition {
  readonly type: 'SessionStarted';
  /** The first visit, epoch milliseconds; undefined when the row has no readable one. */
  readonly firstMs: number | undefined;
}

/** A row was updated: its session was counted when it started. */
export interface SessionTouched extends RecordPosition {
  readonly type: 'SessionTouched';
}

/** A row was deleted, by its time to live or by a request. */
export interface SessionRemoved extends RecordPosition {
  readonly type: 'SessionRemoved';
  /** The first visit, epoch milliseconds; undefined when the row had no readable one. */
  readonly firstMs: number | undefined;
}

/** A record with an unknown event name; it only moves the checkpoint. */
export interface Unrecognized extends RecordPosition {
  readonly type: 'Unrecognized';
}
