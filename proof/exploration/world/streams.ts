import type { StreamEvent } from '../../../src/projector/stream-batch.ts';
import { canonicalText } from '../dynamodb/attribute-value.ts';
import { createInterner } from '../engine/interner.ts';
import { type PlannedRecord, toStreamRecord } from './records.ts';
import { shardName } from './shard-name.ts';

/** The stream's contents: the records of each shard. */
export type Stream = readonly (readonly PlannedRecord[])[];

/** Every stream and every batch of a world; equal ones have the same number. */
export interface Streams {
  readonly get: (stream: number) => Stream;
  /** The number of the stream with this record appended. */
  readonly append: (stream: number, shard: number, record: PlannedRecord) => number;
  readonly batches: (stream: number, cut: Cut) => readonly Batch[];
  readonly batch: (number: number) => Batch;
}

/** How the event source splits a shard into batches. */
export interface Cut {
  /** With more than one, the records of a batch go to several invocations. */
  readonly lanes: number;
  /** Without a window the event names no shard. */
  readonly hasWindow: boolean;
}

/** Records of one shard that are delivered together. */
export interface Batch {
  readonly number: number;
  readonly shard: number;
  /** The index of the first record in the shard, and of the one after the last. */
  readonly start: number;
  readonly end: number;
  readonly event: StreamEvent;
}

/** The streams of a world; number 0 is `first`. */
export const createStreams = (first: Stream): Streams => {
  const streams = createInterner<Stream>();
  const batches = createInterner<Batch>();
  const cuts = new Map<number, readonly Batch[]>();
  const numberOf = (stream: Stream): number =>
    streams.numberOf(canonicalText(stream.map((records) => records.map(textOf))), stream);
  const cutAll = (stream: number, cut: Cut): Batch[] =>
    streams.get(stream).flatMap((records, shard) =>
      placesOf(records.length, cut.lanes).map(({ start, end, places }) => {
        const event = eventOf(records, places, cut.hasWindow ? shardName(shard) : undefined);
        const text = canonicalText([shard, start, end, event]);
        const batch = { number: batches.all.length, shard, start, end, event };
        return batches.get(batches.numberOf(text, batch));
      }),
    );
  numberOf(first);
  return {
    get: streams.get,
    batch: batches.get,
    append: (stream, shard, record) =>
      numberOf(streams.get(stream).map((held, at) => (at === shard ? [...held, record] : held))),
    batches: (stream, cut) => {
      const known = cuts.get(stream) ?? cutAll(stream, cut);
      cuts.set(stream, known);
      return known;
    },
  };
};

const textOf = (record: PlannedRecord): unknown => ({ ...record, sequence: `${record.sequence}` });

/** Every contiguous range, once per lane, and the empty batch that ends a window. */
const placesOf = (length: number, lanes: number) => {
  const found = [{ start: 0, end: 0, places: [] as number[] }];
  for (let start = 0; start < length; start += 1) {
    for (let end = start + 1; end <= length; end += 1) {
      const all = Array.from({ length: end - start }, (_, offset) => start + offset);
      for (let lane = 0; lane < lanes; lane += 1) {
        const places = all.filter((place) => place % lanes === lane);
        if (places.length > 0) found.push({ start, end, places });
      }
    }
  }
  return found;
};

const eventOf = (
  records: readonly PlannedRecord[],
  places: readonly number[],
  shardId: string | undefined,
): StreamEvent => {
  const Records = places.flatMap((place) => {
    const record = records[place];
    return record ? [toStreamRecord(record)] : [];
  });
  return deepFreeze({ ...(shardId === undefined ? {} : { shardId }), Records });
};

// Code that changes its input would make runs depend on each other.
const deepFreeze = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value;
  for (const held of Object.values(value)) deepFreeze(held);
  return Object.freeze(value);
};
