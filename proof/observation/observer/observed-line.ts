import type { ShardLineage } from '../../../src/tables/stream-reader.ts';
import type { ObservedRecord } from './observe-record.ts';
import { packNumbers } from './pack-numbers.ts';
import type { Failure } from './plan-failure.ts';

/** The value of `observer` that marks every line of the observer in a log. */
export const MARK = 1;

/** The origin of a line: container, call, and time in epoch milliseconds. */
interface Origin {
  readonly observer: typeof MARK;
  readonly at: number;
  readonly container: string;
  /** The number of the call in its container, from 1, so that a missing one shows. */
  readonly call: number;
}

/** What an invocation received, or the part of it in one line. */
export interface BeganLine extends Origin {
  readonly kind: 'began';
  /** Lambda's request id, to find the invocation elsewhere in the log. */
  readonly requestId: string | null;
  readonly shardId: string | null;
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
  readonly isFinal: boolean;
  /** The last successful call of this shard and window according to Lambda, from its state. */
  readonly previous: string | null;
  /** The remaining time of the invocation, milliseconds. */
  readonly limitMs: number;
  /** How it will fail on purpose. */
  readonly plan: Failure | null;
  readonly part: number;
  readonly parts: number;
  /** The number of records in this part, followed by their numbers, times, kinds and ids. */
  readonly count: number;
  readonly numbers: string;
  readonly times: string;
  readonly names: string;
  readonly ids: string;
}

/** How an invocation ended; one that Lambda ends writes none. */
export interface EndedLine extends Origin {
  readonly kind: 'ended';
  readonly shardId: string | null;
  readonly isTaken: boolean;
}

/** The shards of the stream, logged when a container first sees one of them. */
export interface ShardsLine extends Origin {
  readonly kind: 'shards';
  /** Each with its parent. */
  readonly shards: readonly (readonly [shardId: string, parent: string | null])[];
  /** The name of the error if they could not be listed. */
  readonly error: string | null;
}

export type ObservedLine = BeganLine | EndedLine | ShardsLine;

/** The fields of an invocation besides its records. */
export type Beginning = Omit<
  BeganLine,
  'observer' | 'kind' | 'part' | 'parts' | 'count' | 'numbers' | 'times' | 'names' | 'ids'
>;

/** A CloudWatch log line may have 256 kB; a thousand records take about 30 kB at most. */
const RECORDS_PER_LINE = 1_000;
const SHARDS_PER_LINE = 500;

/** The lines of an invocation with these records, at least one. */
export const beganLines = (
  beginning: Beginning,
  records: readonly ObservedRecord[],
): BeganLine[] => {
  const pieces = slices(records, RECORDS_PER_LINE);
  return pieces.map((piece, part) => ({
    observer: MARK,
    kind: 'began',
    ...beginning,
    part,
    parts: pieces.length,
    count: piece.length,
    numbers: packNumbers(piece.map(({ number }) => number)),
    times: packNumbers(piece.map(({ writtenMs: ms }) => (ms === undefined ? ms : BigInt(ms)))),
    names: piece.map(({ name }) => name).join(''),
    ids: piece.map(({ id }) => id).join(''),
  }));
};

/** The lines with the shards of the stream. */
export const shardsLines = (
  origin: Omit<Origin, 'observer'>,
  lineages: readonly ShardLineage[],
): ShardsLine[] =>
  slices(lineages, SHARDS_PER_LINE).map((piece) => ({
    observer: MARK,
    kind: 'shards',
    ...origin,
    shards: piece.map(({ shardId, parentShardId }) => [shardId, parentShardId ?? null] as const),
    error: null,
  }));

const slices = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.max(1, Math.ceil(items.length / size)) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
