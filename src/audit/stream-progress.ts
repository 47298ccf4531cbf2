import type { ByCounter } from '../domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../domain/counter.ts';
import {
  compareSequence,
  parseSequenceNumber,
  type SequenceNumber,
} from '../domain/sequence-number.ts';
import { counterOfChange } from '../tables/row-counter.ts';
import { positionAfterSequence } from '../tables/shard-position.ts';
import type { RecordsPage, StreamReader } from '../tables/stream-reader.ts';
import { isUncounted, writtenMs } from '../tables/uncounted-record.ts';
import { createPassedRecords, type PassedRecords } from './passed-records.ts';

export interface StreamProgressDependencies {
  readonly reader: Pick<StreamReader, 'listShards' | 'openShard' | 'readRecords'>;
  /** The counters whose records matter. */
  readonly readCounters: () => Promise<ByCounter<Counter>>;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/**
 * Whether everything written to the table until an instant (epoch milliseconds) is counted, for the known
 * counters and for those of these names, which may have no item yet.
 */
export type IsCounted = (untilMs: number, names?: readonly string[]) => Promise<boolean>;

// A page may be empty although records follow, and AWS does not say how many empty pages are possible. A
// shard with children is closed, so it can be read to its end; an open shard has none.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html
const EMPTY_PAGES = 4;
// A shard allows five reads per second, and Lambda's polling uses four of them.
const PAUSE_MS = 300;

/**
 * Searches the stream for a record that is still to be counted, by one pass over each shard for all counters:
 * after the smallest of their checkpoints, or from the start if one of them has none there. A record of one
 * counter may be uncounted although a later one of another counter is counted, because a batch is one write for
 * each counter. A later call continues where all records were counted. False is certain. True is certain for
 * closed shards; for an open shard it means that four consecutive pages after its last record were empty. Throws
 * what the SDK throws.
 */
export const createIsCounted = (dependencies: StreamProgressDependencies): IsCounted => {
  const { reader, readCounters } = dependencies;
  const passedOf = createPassedRecords();
  return async (untilMs, names = []) => {
    const counters = withEmpty(await readCounters(), names);
    const shards = await reader.listShards();
    const closed = new Set(shards.map(({ parentShardId }) => parentShardId));
    const passed = passedOf(counters);
    const answers = await Promise.all(
      shards.map(({ shardId }) =>
        isShardCounted(dependencies, {
          ...{ shardId, counters, untilMs, passed },
          emptyPages: closed.has(shardId) ? Number.POSITIVE_INFINITY : EMPTY_PAGES,
        }),
      ),
    );
    return answers.every((isCounted) => isCounted);
  };
};

const withEmpty = (known: ByCounter<Counter>, names: readonly string[]): ByCounter<Counter> => {
  const unknown = names.filter((name) => !known.has(name));
  return new Map([...known, ...unknown.map((name) => [name, EMPTY_COUNTER] as const)]);
};

interface ShardProgress {
  readonly shardId: string;
  readonly counters: ByCounter<Counter>;
  readonly untilMs: number;
  readonly passed: PassedRecords;
  /** After this many consecutive empty pages the shard is assumed to be read to its end. */
  readonly emptyPages: number;
}

const isShardCounted = async (
  { reader, sleep }: StreamProgressDependencies,
  progress: ShardProgress,
): Promise<boolean> => {
  const { shardId, untilMs, emptyPages } = progress;
  let iterator: string | undefined = await openAfter(reader, shardId, firstToRead(progress));
  for (let empty = 0; iterator !== undefined && empty < emptyPages; ) {
    const page = await reader.readRecords(iterator);
    if (page.records.some((record) => isWaiting(record, progress))) return false;
    if (page.records.some(({ dynamodb }) => writtenMs(dynamodb) > untilMs)) return true;
    // None is uncounted: none is waiting, and none is later.
    notePassed(progress, page.records.at(-1));
    empty = page.records.length === 0 ? empty + 1 : 0;
    iterator = page.nextIterator;
    if (iterator !== undefined) await sleep(PAUSE_MS);
  }
  return true;
};

/** The record after which a shard must be read; undefined for its start. */
const firstToRead = ({ shardId, counters, passed }: ShardProgress): SequenceNumber | undefined => {
  const found = [smallestCheckpoint(shardId, counters), passed.get(shardId)];
  return found
    .filter((sequence) => sequence !== undefined)
    .sort(compareSequence)
    .at(-1);
};

const notePassed = ({ shardId, passed }: ShardProgress, last: Record | undefined): void => {
  const sequence = parseSequenceNumber(last?.dynamodb?.SequenceNumber);
  if (sequence !== undefined) passed.set(shardId, sequence);
};

/** Undefined if one of the counters has no checkpoint in the shard. */
const smallestCheckpoint = (
  shardId: string,
  counters: ByCounter<Counter>,
): SequenceNumber | undefined => {
  const found = [...counters.values()].map(({ checkpoints }) => checkpoints.get(shardId)?.sequence);
  const known = found.filter((sequence) => sequence !== undefined);
  return known.length < found.length ? undefined : known.sort(compareSequence)[0];
};

// The record of the checkpoint may have been trimmed from the stream.
const openAfter = async (
  reader: StreamProgressDependencies['reader'],
  shardId: string,
  checkpoint: SequenceNumber | undefined,
): Promise<string> => {
  const openStart = () => reader.openShard(shardId, 'start');
  if (checkpoint === undefined) return openStart();
  return reader.openShard(shardId, positionAfterSequence(checkpoint)).catch(openStart);
};

type Record = RecordsPage['records'][number];

const isWaiting = (record: Record, { shardId, counters, untilMs }: ShardProgress): boolean => {
  const counter = counters.get(counterOfChange(record.dynamodb));
  return (
    counter !== undefined &&
    isUncounted(record, shardId, counter) &&
    writtenMs(record.dynamodb) <= untilMs
  );
};
