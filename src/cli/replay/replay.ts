import type { Counter } from '../../domain/counter.ts';
import { createMemoryCounter } from '../../domain/memory-counter.ts';
import { METRIC } from '../../metrics/metric-names.ts';
import { createProjectorHandlerWith } from '../../projector/projector-handler.ts';
import type { Log } from '../../runtime/log.ts';
import { batchesByTime } from './batches-by-time.ts';
import type { ShardRecord } from './read-records.ts';

/** The result of a replay. */
export interface Replay {
  readonly counter: Counter;
  /** All records that were replayed. */
  readonly records: number;
  /** How many of them had been counted already. */
  readonly duplicates: number;
  /** How many of them are not as DynamoDB documents them. */
  readonly malformed: number;
  /** How many of them were not counted, because their time is missing or far too old. */
  readonly late: number;
}

/** A replay, and the live counter if a comparison was requested. */
export interface ComparedReplay extends Replay {
  readonly live: Counter | undefined;
}

/**
 * Feeds records to the projector that runs on Lambda, with a counter in memory. The same records
 * give the same counts, in any order and with any repeats. Holds all of them in memory.
 */
export const replayRecords = async (placed: readonly ShardRecord[]): Promise<Replay> => {
  const store = createMemoryCounter();
  const sums = { records: 0, duplicates: 0, malformed: 0, late: 0 };
  const handler = createProjectorHandlerWith({
    commitChange: store.commitChange,
    log: SILENT,
    meter: (measured) => {
      sums.duplicates += Number(measured[METRIC.duplicatesSkipped] ?? 0);
      sums.malformed += Number(measured[METRIC.malformedRecords] ?? 0);
      sums.late += Number(measured[METRIC.lateRecords] ?? 0);
    },
  });
  for (const batch of batchesByTime(placed)) {
    await handler(batch);
    sums.records += batch.Records.length;
  }
  return { counter: store.read(), ...sums };
};

const SILENT: Log = { warn: () => undefined, error: () => undefined };
