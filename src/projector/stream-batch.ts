import type { DynamoDBRecord, StreamRecord } from 'aws-lambda';
import { createByCounter } from '../domain/by-counter.ts';
import { parseSequenceNumber } from '../domain/sequence-number.ts';
import type { RecordPosition, SessionEvent } from '../domain/session-event.ts';
import { LAST_SECOND, parseInstant } from '../domain/utc-day.ts';
import { counterOfChange } from '../tables/row-counter.ts';
import { SESSION } from '../tables/schema.ts';

/** The records of one shard about one counter. */
export interface StreamBatch {
  readonly counter: string;
  readonly shardId: string;
  readonly events: readonly SessionEvent[];
}

/** A stream event, parsed once at the edge. */
export interface ParsedEvent {
  /** One for each counter that has records in it. */
  readonly batches: readonly StreamBatch[];
  readonly malformedRecords: readonly MalformedRecord[];
}

/** A record that is not as DynamoDB documents it. It is reported and never makes a batch fail. */
export interface MalformedRecord {
  readonly eventId: string | undefined;
  readonly reason: string;
}

/** The part of a tumbling window's event that the projector uses. */
export interface StreamEvent {
  readonly shardId?: string;
  readonly Records?: readonly DynamoDBRecord[];
}

/** The event has no shard id, so its records cannot be compared with a checkpoint. */
class MissingShardIdError extends Error {
  override readonly name = 'MissingShardIdError';

  constructor() {
    super(
      'The stream event has no shardId: set TumblingWindowInSeconds on the event source mapping ' +
        'to more than 0, because duplicates cannot be detected without it',
    );
  }
}

/**
 * The batches in a stream event, one for each counter. `malformedRecords` lists the records without a valid sequence
 * number or with an unknown event name, which are not counted, and every INSERT without a key or a readable first
 * visit, which is counted. Throws a MissingShardIdError when the event has no shard id.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
 */
export const parseStreamEvent = ({ shardId, Records = [] }: StreamEvent): ParsedEvent => {
  if (!shardId || typeof shardId !== 'string') throw new MissingShardIdError();
  const byCounter = createByCounter((): SessionEvent[] => []);
  const malformedRecords: MalformedRecord[] = [];
  for (const record of Records) {
    const { event, reason } = parseRecord(record);
    if (event) byCounter.of(counterOfChange(record?.dynamodb)).push(event);
    if (reason) malformedRecords.push({ eventId: record?.eventID, reason });
  }
  const batches = [...byCounter.created].map(([counter, events]) => ({ counter, shardId, events }));
  return { batches, malformedRecords };
};

interface ParsedRecord {
  readonly event?: SessionEvent;
  readonly reason?: string;
}

const parseRecord = (record: DynamoDBRecord): ParsedRecord => {
  const change = record?.dynamodb ?? {};
  const sequence = parseSequenceNumber(change.SequenceNumber);
  // Without its position in the shard it cannot be known whether it was counted before.
  if (sequence === undefined) return { reason: 'no sequence number of 1 to 40 digits' };
  const writtenAt = writtenSeconds(change);
  switch (record.eventName) {
    case 'INSERT':
      return parseInsert(change, { sequence, writtenAt });
    case 'MODIFY':
      return { event: { type: 'SessionTouched', sequence, writtenAt } };
    case 'REMOVE': {
      const firstMs = firstVisit(change.OldImage);
      const type = isMarked(change.OldImage, 'retracted') ? 'SessionRetracted' : 'SessionRemoved';
      return { event: { type, sequence, writtenAt, firstMs } };
    }
    default:
      return { event: { type: 'Unrecognized', sequence, writtenAt }, reason: 'unknown event name' };
  }
};

// Every inserted row counts, whatever it contains, so that total - removed is the number of rows.
const parseInsert = (change: StreamRecord, position: RecordPosition): ParsedRecord => {
  const firstMs = firstVisit(change.NewImage);
  const type = isMarked(change.NewImage, 'restored') ? 'SessionRestored' : 'SessionStarted';
  const event = { type, ...position, firstMs } as const;
  const hasKey = typeof change.Keys?.[SESSION.hash]?.S === 'string';
  if (!hasKey) return { event, reason: `no ${SESSION.hash}` };
  return firstMs !== undefined
    ? { event }
    : { event, reason: `no readable ${SESSION.firstAccessed}` };
};

const isMarked = (image: StreamRecord['NewImage'], mark: 'retracted' | 'restored'): boolean =>
  image?.[SESSION[mark]] !== undefined;

const firstVisit = (image: StreamRecord['NewImage']): number | undefined =>
  parseInstant(image?.[SESSION.firstAccessed]?.S);

// Epoch seconds, set by DynamoDB. A value after the last second is not in seconds: one time in milliseconds would
// expire all other checkpoints, and the raised watermark would make every pending record late. Rounded down,
// because a checkpoint stores whole seconds.
const writtenSeconds = (change: StreamRecord | undefined): number | undefined => {
  const seconds: unknown = change?.ApproximateCreationDateTime;
  const isTime = typeof seconds === 'number' && seconds >= 0 && seconds <= LAST_SECOND;
  return isTime ? Math.floor(seconds) : undefined;
};
