import type { SequenceNumber } from './sequence-number.ts';

/** What happened to one session row, at one position of its shard. */
export type SessionEvent = (SessionStarted | SessionTouched | SessionRemoved | Unrecognized) &
  Written;

/** When it happened, by the one clock that all records share. */
export interface Written {
  /** When DynamoDB wrote the record, epoch seconds; undefined when the record does not tell. */
  readonly writtenAt: number | undefined;
}

/** A row was inserted: a new distinct session. */
export interface SessionStarted {
  readonly type: 'SessionStarted';
  readonly sequence: SequenceNumber;
  /** Its first visit, epoch milliseconds; undefined when the row does not tell. */
  readonly firstMs: number | undefined;
}

/** A row was written again: the session was counted when it started. */
export interface SessionTouched {
  readonly type: 'SessionTouched';
  readonly sequence: SequenceNumber;
}

/** A row was deleted, by its time to live or by hand. */
export interface SessionRemoved {
  readonly type: 'SessionRemoved';
  readonly sequence: SequenceNumber;
  /** Its first visit, epoch milliseconds; undefined when the row did not tell. */
  readonly firstMs: number | undefined;
}

/** A record of a kind that the counter does not know; it only moves the checkpoint. */
export interface Unrecognized {
  readonly type: 'Unrecognized';
  readonly sequence: SequenceNumber;
}
