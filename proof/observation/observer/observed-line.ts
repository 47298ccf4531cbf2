import type { ShardLineage } from '../../../src/tables/stream-reader.ts';
import { packNumbers } from './pack-numbers.ts';
import type { Failure } from './plan-failure.ts';
import type { Sighting } from './sight-record.ts';

/** By what a line of the observer is told from every other line of a log. */
export const MARK = 1;

/** What every line bears: which call of which container wrote it, and when, epoch milliseconds. */
interface Origin {
  readonly observer: typeof MARK;
  readonly at: number;
  readonly container: string;
  /** The how manieth call of its container this is, from 1, so that a missing one is noticed. */
  readonly call: number;
}

/** What an invocation got, or the part of it that one line holds. */
export interface BeganLine extends Origin {
  readonly kind: 'began';
  /** Lambda's own id of the invocation, to find it elsewhere in the log. */
  readonly requestId: string | null;
  readonly shardId: string | null;
  readonly windowStart: string | null;
  readonly windowEnd: string | null;
  readonly isFinal: boolean;
  /** The call that Lambda took for the last success of this shard and window, by its state. */
  readonly previous: string | null;
  /** For how long it may run, milliseconds. */
  readonly limitMs: number;
  /** How it is to fail, on purpose. */
  readonly plan: Failure | null;
  readonly part: number;
  readonly parts: number;
  /** How many records this part has; then their numbers, times, kinds and ids. */
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

/** Which shards the stream has, when a container first sees one of them. */
export interface ShardsLine extends Origin {
  readonly kind: 'shards';
  /** Each with the one that it was split from. */
  readonly shards: readonly (readonly [shardId: string, parent: string | null])[];
  /** The name of the error when they could not be listed. */
  readonly error: string | null;
}

export type ObservedLine = BeganLine | EndedLine | ShardsLine;

/** What is said of an invocation beside its records. */
export type Beginning = Omit<
  BeganLine,
  'observer' | 'kind' | 'part' | 'parts' | 'count' | 'numbers' | 'times' | 'names' | 'ids'
>;

/** A line of CloudWatch's log takes 256 kB; a thousand records have some 30 kB at most. */
const RECORDS_PER_LINE = 1_000;
const SHARDS_PER_LINE = 500;

/** The lines of an invocation that begins with these records, one at least. */
export const beganLines = (beginning: Beginning, sightings: readonly Sighting[]): BeganLine[] => {
  const pieces = slices(sightings, RECORDS_PER_LINE);
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

/** The lines that tell the shards of the stream. */
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
