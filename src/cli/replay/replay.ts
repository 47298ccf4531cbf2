import type { ByCounter } from '../../domain/by-counter.ts';
import type { Counter } from '../../domain/counter.ts';
import { SITE } from '../../domain/counter-name.ts';
import { createMemoryCounters } from '../../domain/memory-counters.ts';
import { METRIC } from '../../metrics/metric-names.ts';
import { createProjectorHandlerWith } from '../../projector/projector-handler.ts';
import type { Log } from '../../runtime/log.ts';
import { batchesByTime } from './batches-by-time.ts';
import type { ShardRecord } from './read-records.ts';

/** The result of a replay. */
export interface Replay {
  /** The counters of the site and of all others that have records. */
  readonly counters: ByCounter<Counter>;
  /** All records that were replayed. */
  readonly records: number;
  /** How many of them had been counted already. */
  readonly duplicates: number;
  /** How many of them are not as DynamoDB documents them. */
  readonly malformed: number;
  /** How many of them were not counted, because their time is missing or far too old. */
  readonly late: number;
}

/** A replay, and the live counters if a comparison was requested. */
export interface ComparedReplay extends Replay {
  readonly live: ByCounter<Counter> | undefined;
}

/**
 * Feeds records to the projector that runs on Lambda, with counters in memory. The same records
 * give the same counts, in any order and with any repeats. Holds all of them in memory.
 */
export const replayRecords = async (placed: readonly ShardRecord[]): Promise<Replay> => {
  const stores = createMemoryCounters();
  stores.of(SITE);
  const sums = { records: 0, duplicates: 0, malformed: 0, late: 0 };
  const handler = createProjectorHandlerWith({
    commitChange: stores.commitChange,
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
  const counters = new Map(stores.names().map((name) => [name, stores.of(name).read()]));
  return { counters, ...sums };
};

const SILENT: Log = { warn: () => undefined, error: () => undefined };
