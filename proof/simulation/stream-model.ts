import type { DynamoDBRecord } from 'aws-lambda';
import { SITE } from '../../src/domain/counter-name.ts';
import { kindOf } from '../specification/known-record.ts';
import { EFFECTS } from '../specification/records.ts';
import { counterAttribute, counterOf } from './counters.ts';
import { addRecord, type ModelShard, openShard } from './shard-model.ts';
import { createTrueCounts, type TrueCounts } from './true-counts.ts';

/** The table's rows and its stream, behaving as DynamoDB documents them. */
export interface StreamModel {
  readonly shards: ModelShard[];
  /** The existing rows, each with the time of its first visit. */
  readonly rows: Map<number, number>;
  /** All rows that ever existed. */
  readonly known: Set<number>;
  /** The existing rows that bear the mark of a retract, and those that bear that of a restore. */
  readonly marked: { readonly retracted: Set<number>; readonly restored: Set<number> };
  /** The first visits of the rows that were deleted, each as it was last. */
  readonly deleted: Map<number, number>;
  /** What has happened to the rows of a counter. */
  readonly trueCountsOf: (counter: string) => TrueCounts;
  /** Counts an event for the report. */
  readonly countEvent: (event: string) => void;
  nowMs: number;
  /** How far the clock of ingest is ahead, in milliseconds. */
  ingestAheadMs: number;
}

/** How long a record stays in the stream: 24 hours. */
export const RETENTION_MS = 24 * 3_600_000;

const PLACES = 1_024;

/** An empty table with one open shard. */
export const createStreamModel = (
  nowMs: number,
  countEvent: StreamModel['countEvent'],
): StreamModel => ({
  shards: [openShard({ id: 'shard-0', parent: undefined, low: 0, high: PLACES, numbering: 1 })],
  rows: new Map(),
  known: new Set(),
  marked: { retracted: new Set(), restored: new Set() },
  deleted: new Map(),
  trueCountsOf: createTrueCounts(),
  countEvent,
  nowMs,
  ingestAheadMs: 0,
});

/** Closes a shard that covers more than one hash key and opens two children. */
export const splitShard = (
  { shards, countEvent }: StreamModel,
  parent: ModelShard,
  [left, right]: readonly [number, number],
): void => {
  const { low, high } = parent;
  const middle = Math.floor((low + high) / 2);
  if (middle === low) return;
  parent.isOpen = false;
  const ids = [`shard-${shards.length}`, `shard-${shards.length + 1}`] as const;
  shards.push(
    openShard({ id: ids[0], parent, low, high: middle, numbering: left }),
    openShard({ id: ids[1], parent, low: middle, high, numbering: right }),
  );
  countEvent('shard split');
};

/** A record to be written. */
export interface RecordWrite {
  readonly eventName: string;
  /** Its name in the report. */
  readonly event: string;
  /** A record without images belongs to the site. */
  readonly images?: { readonly OldImage?: object; readonly NewImage?: object };
  readonly rest?: object;
  readonly isKeyless?: boolean;
}

/** Appends a record to the open shard of its row. */
export const appendRecord = (model: StreamModel, row: number, write: RecordWrite): void => {
  const shard = openShardOf(model, row);
  const sequence = shard.next;
  shard.next += BigInt(1 + (row % 97));
  const dynamodb = {
    SequenceNumber: sequence.toString().padStart(shard.width, '0'),
    ApproximateCreationDateTime: Math.floor(model.nowMs / 1000),
    ...(write.isKeyless ? {} : { Keys: { session_hash: { S: `row-${row}` } } }),
    ...write.images,
  };
  const { eventName, rest, images } = write;
  const written = { eventID: `${shard.id}:${sequence}`, eventName, dynamodb, ...rest };
  const record = written as DynamoDBRecord;
  const kind = kindOf(record);
  const counter = images === undefined ? SITE : counterOf(row);
  const place = { sequence, row, counter, writtenMs: model.nowMs, isLost: false };
  addRecord(shard, { record, kind, ...place });
  const counts = model.trueCountsOf(counter);
  counts.started += EFFECTS[kind].started;
  counts.removed += EFFECTS[kind].removed;
  if (kind !== 'insert' && kind !== 'other') counts.oldRowChanges += 1;
  model.countEvent(write.event);
};

const MARKS = {
  retracted: { retracted: { S: '2026-11-24T09:00:00.000Z' } },
  restored: { restored: { S: '2026-11-24T10:00:00.000Z' } },
};

/** A row last visited at `lastMs`, or at its first visit if that is later. */
export const image = ({ rows, marked }: StreamModel, row: number, lastMs: number) => {
  const firstMs = rows.get(row) ?? 0;
  const first = new Date(firstMs).toISOString();
  return {
    session_hash: { S: `row-${row}` },
    ...counterAttribute(row),
    first_accessed: { S: first },
    last_accessed: { S: lastMs > firstMs ? new Date(lastMs).toISOString() : first },
    ...(marked.retracted.has(row) ? MARKS.retracted : {}),
    ...(marked.restored.has(row) ? MARKS.restored : {}),
  };
};

const openShardOf = (model: StreamModel, row: number): ModelShard => {
  // Spreads neighbouring rows over different shards.
  const place = (row * 7_919) % PLACES;
  const shard = model.shards.findLast(
    ({ isOpen, low, high }) => isOpen && low <= place && place < high,
  );
  if (shard === undefined) throw new Error(`No open shard covers the hash key ${place}`);
  return shard;
};
