import type { DynamoDBRecord } from 'aws-lambda';
import type { Counter } from '../../domain/counter.ts';
import { createMemoryCounter } from '../../domain/memory-counter.ts';
import {
  compareSequence,
  parseSequenceNumber,
  type SequenceNumber,
} from '../../domain/sequence-number.ts';
import type { Log } from '../../log.ts';
import { METRIC } from '../../metrics/metric-names.ts';
import { createProjectorOver } from '../../projector/projector-handler.ts';
import { EVENT_SOURCE } from '../../tables/event-source-settings.ts';
import type { PlacedRecord } from './read-records.ts';

/** What a replay came to. */
export interface Replay {
  readonly counter: Counter;
  /** Records that were fed to the projector. */
  readonly records: number;
  /** Of those, the ones that it told to be there already. */
  readonly duplicates: number;
  /** Of those, the ones that are not as DynamoDB documents them. */
  readonly odd: number;
}

const NOTHING = Number.NEGATIVE_INFINITY;

/**
 * Feeds records to the projector that Lambda runs, over a counter in memory. The same records give
 * the same counts, in whatever order and however often they are given. Holds them all in memory.
 */
export const replayRecords = async (placed: readonly PlacedRecord[]): Promise<Replay> => {
  const store = createMemoryCounter();
  const sums = { records: 0, duplicates: 0, odd: 0 };
  const nowMs = placed.reduce((latest, { record }) => Math.max(latest, writtenMs(record)), NOTHING);
  const handler = createProjectorOver({
    commitChange: store.commitChange,
    log: SILENT,
    meter: (measured) => {
      sums.duplicates += Number(measured[METRIC.duplicatesSkipped] ?? 0);
      sums.odd += Number(measured[METRIC.oddRecords] ?? 0);
    },
    // Days are kept as they were when the last record was written.
    now: () => (nowMs === NOTHING ? 0 : nowMs),
  });
  for (const [shardId, records] of byShard(placed)) {
    for (let start = 0; start < records.length; start += EVENT_SOURCE.batchSize) {
      await handler({ shardId, Records: records.slice(start, start + EVENT_SOURCE.batchSize) });
    }
    sums.records += records.length;
  }
  return { counter: store.read(), ...sums };
};

/** When a record was written, epoch milliseconds; long ago when it does not tell. */
export const writtenMs = ({ dynamodb }: DynamoDBRecord): number =>
  dynamodb?.ApproximateCreationDateTime === undefined
    ? NOTHING
    : dynamodb.ApproximateCreationDateTime * 1_000;

const SILENT: Log = { warn: () => undefined, error: () => undefined };

// Files overlap and come in any order, and a checkpoint passes what comes too late.
const byShard = (placed: readonly PlacedRecord[]): Map<string, DynamoDBRecord[]> => {
  const shards = Map.groupBy(placed, ({ shardId }) => shardId);
  return new Map(
    [...shards].map(([id, all]) => [id, sortRecords(all.map(({ record }) => record))]),
  );
};

const sortRecords = (records: DynamoDBRecord[]): DynamoDBRecord[] => {
  const sequenceOf = ({ dynamodb }: DynamoDBRecord) =>
    parseSequenceNumber(dynamodb?.SequenceNumber) ?? ('' as SequenceNumber);
  return records.toSorted((a, b) => compareSequence(sequenceOf(a), sequenceOf(b)));
};
