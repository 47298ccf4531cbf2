import type { DynamoDBRecord, StreamRecord } from 'aws-lambda';
import { parseSequenceNumber, type SequenceNumber } from '../domain/sequence-number.ts';
import type { SessionEvent } from '../domain/session-event.ts';
import { parseInstant } from '../domain/utc-day.ts';
import { SESSION } from '../tables/schema.ts';

/** The records of one shard, judged once at the edge. */
export interface StreamBatch {
  readonly shardId: string;
  readonly events: readonly SessionEvent[];
  readonly malformedRecords: readonly MalformedRecord[];
  /** When DynamoDB wrote the last record, epoch seconds; undefined when it does not tell. */
  readonly arrivedAt: number | undefined;
}

/** A record that is not as DynamoDB documents it. It is reported and passed, never thrown on. */
export interface MalformedRecord {
  readonly eventId: string | undefined;
  readonly reason: string;
}

/** The part of a tumbling window's event that the projector reads. */
export interface StreamEvent {
  readonly shardId?: string;
  readonly Records?: readonly DynamoDBRecord[];
}

/** The event names no shard, so its records cannot be told from those counted before. */
class MissingShardIdError extends Error {
  override readonly name = 'MissingShardIdError';

  constructor() {
    super(
      'The stream event has no shardId: set TumblingWindowInSeconds on the event source mapping ' +
        'to more than 0, else duplicates cannot be told apart',
    );
  }
}

/**
 * The batch in a stream event. Counting needs the event name, the sequence number and the time
 * of the first visit; what lacks one of them is listed as an malformedRecord.
 * Throws a MissingShardIdError when the event names no shard.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
 */
export const parseStreamEvent = ({ shardId, Records = [] }: StreamEvent): StreamBatch => {
  if (!shardId || typeof shardId !== 'string') throw new MissingShardIdError();
  const events: SessionEvent[] = [];
  const malformedRecords: MalformedRecord[] = [];
  for (const record of Records) {
    const { event, reason } = judgeRecord(record);
    if (event) events.push(event);
    if (reason) malformedRecords.push({ eventId: record?.eventID, reason });
  }
  return { shardId, events, malformedRecords, arrivedAt: writtenSeconds(Records.at(-1)?.dynamodb) };
};

interface Judgement {
  readonly event?: SessionEvent;
  readonly reason?: string;
}

const judgeRecord = (record: DynamoDBRecord): Judgement => {
  const change = record?.dynamodb ?? {};
  const sequence = parseSequenceNumber(change.SequenceNumber);
  // Without its place in the shard nobody can tell whether it was counted before.
  if (sequence === undefined) return { reason: 'no sequence number of 1 to 40 digits' };
  const writtenAt = writtenSeconds(change);
  switch (record.eventName) {
    case 'INSERT':
      return judgeInsert(change, { sequence, writtenAt });
    case 'MODIFY':
      return { event: { type: 'SessionTouched', sequence, writtenAt } };
    case 'REMOVE': {
      const firstMs = firstVisit(change.OldImage);
      return { event: { type: 'SessionRemoved', sequence, writtenAt, firstMs } };
    }
    default:
      return { event: { type: 'Unrecognized', sequence, writtenAt }, reason: 'unknown event name' };
  }
};

// Every inserted row is a session, whatever is in it: total - removed is the number of rows.
const judgeInsert = (
  change: StreamRecord,
  place: { readonly sequence: SequenceNumber; readonly writtenAt: number | undefined },
): Judgement => {
  const firstMs = firstVisit(change.NewImage);
  const event = { type: 'SessionStarted', ...place, firstMs } as const;
  const hasKey = typeof change.Keys?.[SESSION.hash]?.S === 'string';
  if (!hasKey) return { event, reason: `no ${SESSION.hash}` };
  return firstMs !== undefined
    ? { event }
    : { event, reason: `no readable ${SESSION.firstAccessed}` };
};

const firstVisit = (image: StreamRecord['NewImage']): number | undefined =>
  parseInstant(image?.[SESSION.firstAccessed]?.S);

// The last second of the year 9999. What is behind it is no time in seconds: in milliseconds, one record
// would make all other checkpoints look old, and the watermark make late what is on its way.
const LAST_SECOND = 253_402_300_799;

// Epoch seconds, set by DynamoDB itself. Whole ones: it cannot store a fraction below 1e-130, and then no
// batch of the shard would be counted.
const writtenSeconds = (change: StreamRecord | undefined): number | undefined => {
  const seconds: unknown = change?.ApproximateCreationDateTime;
  const isTime = typeof seconds === 'number' && seconds >= 0 && seconds <= LAST_SECOND;
  return isTime ? Math.floor(seconds) : undefined;
};
