import type { ByCounter } from '../../domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../../domain/counter.ts';
import { isAfter, parseSequenceNumber, type SequenceNumber } from '../../domain/sequence-number.ts';
import { counterOfChange } from '../../tables/row-counter.ts';
import type { RecordsPage, StreamReader } from '../../tables/stream-reader.ts';
import { isUncounted } from '../../tables/uncounted-record.ts';

export interface CountedShard {
  readonly shardId: string;
  readonly counters: ByCounter<Counter>;
  readonly reader: Pick<StreamReader, 'openShard' | 'readRecords'>;
  readonly signal: AbortSignal;
}

// A page of an open shard may be empty although records follow.
const EMPTY_PAGES = 4;

type StreamRecord = RecordsPage['records'][number];

/**
 * Whether every record of a shard at or before a sequence number is counted for its own counter. Reads the shard
 * from its start. False also if it ends before, or seems to: then the rest is unknown. Throws what
 * the reader throws.
 */
export const isCountedUntil = async (
  sequence: SequenceNumber,
  { shardId, counters, reader, signal }: CountedShard,
): Promise<boolean> => {
  const isMissing = (record: StreamRecord): boolean =>
    isUncounted(record, shardId, counters.get(counterOfChange(record.dynamodb)) ?? EMPTY_COUNTER);
  let iterator: string | undefined = await reader.openShard(shardId, 'start', signal);
  for (let empty = 0; iterator !== undefined && empty < EMPTY_PAGES; ) {
    const { records, nextIterator }: RecordsPage = await reader.readRecords(iterator, signal);
    const before = records.filter((record) => !isPast(record, sequence));
    if (before.some(isMissing)) return false;
    if (before.length < records.length || hasReached(before, sequence)) return true;
    empty = records.length === 0 ? empty + 1 : 0;
    iterator = nextIterator;
  }
  return false;
};

const isPast = ({ dynamodb }: StreamRecord, sequence: SequenceNumber): boolean => {
  const own = parseSequenceNumber(dynamodb?.SequenceNumber);
  return own !== undefined && isAfter(own, sequence);
};

const hasReached = (records: readonly StreamRecord[], sequence: SequenceNumber): boolean =>
  parseSequenceNumber(records.at(-1)?.dynamodb?.SequenceNumber) === sequence;
