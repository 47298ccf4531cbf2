import type { DynamoDBRecord } from 'aws-lambda';
import { utcDay } from '../src/domain/utc-day.ts';
import type { OddKind } from './history.ts';
import { type ModelShard, openShard } from './shard-model.ts';

/** The table's rows and its stream, as DynamoDB documents them. */
export interface StreamModel {
  readonly shards: ModelShard[];
  readonly rows: Set<number>;
  /** Rows that were there at some time. */
  readonly known: Set<number>;
  readonly startedByDay: Map<string, number>;
  /** Counts that something happened, for the report. */
  readonly note: (event: string) => void;
  nowMs: number;
  inserts: number;
  removes: number;
}

/** A record lives in the stream for 24 hours. */
export const RETENTION_MS = 24 * 3_600_000;

const PLACES = 1_024;

/** An empty table with one open shard, at `nowMs`. */
export const createStreamModel = (nowMs: number, note: StreamModel['note']): StreamModel => ({
  shards: [openShard({ id: 'shard-0', parent: undefined, low: 0, high: PLACES, numbering: 1 })],
  rows: new Set(),
  known: new Set(),
  startedByDay: new Map(),
  note,
  nowMs,
  inserts: 0,
  removes: 0,
});

/** Closes a shard, if it holds more than one place, and opens two in its stead. */
export const splitShard = (
  { shards, note }: StreamModel,
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
  note('shard split');
};

/** A visit: an insert, or a change of the row that is there. */
export const writeRow = (model: StreamModel, row: number): void => {
  if (model.rows.has(row)) append(model, row, { eventName: 'MODIFY', event: 'row modified' });
  else insertRow(model, row, {});
};

const insertRow = (model: StreamModel, row: number, lacks: Pick<Writing, 'lacks'>): void => {
  const event = model.known.has(row) ? 'row inserted again' : 'row inserted';
  model.rows.add(row);
  model.known.add(row);
  append(model, row, { eventName: 'INSERT', event, ...lacks });
};

/** An update that changes nothing, of a row that is there. */
export const rewriteRow = (model: StreamModel, row: number): void => {
  if (!model.rows.has(row)) return;
  append(model, row, { eventName: 'MODIFY', event: 'row modified without a change' });
};

/** A deletion, if the row is there. */
export const removeRow = (model: StreamModel, row: number, by: 'ttl' | 'hand'): void => {
  if (!model.rows.delete(row)) return;
  const byTtl = { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } };
  const rest = by === 'ttl' ? byTtl : {};
  append(model, row, { eventName: 'REMOVE', event: `row removed by ${by}`, rest });
};

/** A record that is not as documented. An insert counts, whatever else is odd about it. */
export const writeOddRecord = (model: StreamModel, row: number, kind: OddKind): void => {
  const event = `odd record: ${kind}`;
  if (kind === 'unknownEvent') append(model, row, { eventName: 'TRUNCATE', event });
  else if (kind === 'noSequence') {
    append(model, row, { eventName: 'MODIFY', event, rest: { dynamodb: {} } });
  } else if (!model.rows.has(row)) {
    insertRow(model, row, { lacks: kind });
    model.note(event);
  }
};

/** A record that is to be written. */
interface Writing {
  readonly eventName: string;
  /** What the report calls it. */
  readonly event: string;
  readonly rest?: object;
  readonly lacks?: 'noImage' | 'noKeys';
}

const append = (model: StreamModel, row: number, writing: Writing): void => {
  const shard = openShardOf(model, row);
  const sequence = shard.next;
  shard.next += BigInt(1 + (row % 97));
  const { eventName, rest } = writing;
  const dynamodb = streamRecord(model, { shard, row, sequence }, writing);
  const record = { eventID: `${shard.id}:${sequence}`, eventName, dynamodb, ...rest };
  shard.records.push({ record: record as DynamoDBRecord, sequence, writtenMs: model.nowMs });
  keepBooks(model, shard, eventName);
  model.note(writing.event);
};

interface Place {
  readonly shard: ModelShard;
  readonly row: number;
  readonly sequence: bigint;
}

const streamRecord = (
  { nowMs }: StreamModel,
  { shard, row, sequence }: Place,
  { eventName, lacks }: Writing,
) => ({
  SequenceNumber: sequence.toString().padStart(shard.width, '0'),
  ApproximateCreationDateTime: Math.floor(nowMs / 1000),
  ...(lacks === 'noKeys' ? {} : { Keys: { session_hash: { S: `row-${row}` } } }),
  ...(lacks === 'noImage' || eventName !== 'INSERT' ? {} : { NewImage: image(nowMs) }),
});

const keepBooks = (model: StreamModel, shard: ModelShard, eventName: string): void => {
  const [inserts, removes] = [Number(eventName === 'INSERT'), Number(eventName === 'REMOVE')];
  shard.insertsUpTo.push((shard.insertsUpTo.at(-1) ?? 0) + inserts);
  shard.removesUpTo.push((shard.removesUpTo.at(-1) ?? 0) + removes);
  model.inserts += inserts;
  model.removes += removes;
  if (inserts === 0) return;
  const day = utcDay(model.nowMs);
  model.startedByDay.set(day, (model.startedByDay.get(day) ?? 0) + 1);
};

const image = (nowMs: number) => ({ first_accessed: { S: new Date(nowMs).toISOString() } });

const openShardOf = (model: StreamModel, row: number): ModelShard => {
  // Rows that are neighbours fall into different shards.
  const place = (row * 7_919) % PLACES;
  const shard = model.shards.findLast(
    ({ isOpen, low, high }) => isOpen && low <= place && place < high,
  );
  if (shard === undefined) throw new Error(`No open shard holds the place ${place}`);
  return shard;
};
