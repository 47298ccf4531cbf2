import type { Counter } from '../../domain/counter.ts';
import { createMemoryCounter } from '../../domain/memory-counter.ts';
import { METRIC } from '../../metrics/metric-names.ts';
import { createProjectorHandlerWith } from '../../projector/projector-handler.ts';
import type { Log } from '../../runtime/log.ts';
import { batchesByTime } from './batches-by-time.ts';
import type { ShardRecord } from './read-records.ts';

/** What a replay came to. */
export interface Replay {
  readonly counter: Counter;
  /** Records that were fed to the projector. */
  readonly records: number;
  /** Of those, the ones that it told to be there already. */
  readonly duplicates: number;
  /** Of those, the ones that are not as DynamoDB documents them. */
  readonly odd: number;
  /** Of those, the ones that were not counted, since they tell no time or far too old a one. */
  readonly late: number;
}

/** A replay, and the live counter when it was asked for. */
export interface ComparedReplay extends Replay {
  readonly live: Counter | undefined;
}

/**
 * Feeds records to the projector that Lambda runs, over a counter in memory. The same records give
 * the same counts, in whatever order and however often they are given. Holds them all in memory.
 */
export const replayRecords = async (placed: readonly ShardRecord[]): Promise<Replay> => {
  const store = createMemoryCounter();
  const sums = { records: 0, duplicates: 0, odd: 0, late: 0 };
  const handler = createProjectorHandlerWith({
    commitChange: store.commitChange,
    log: SILENT,
    meter: (measured) => {
      sums.duplicates += Number(measured[METRIC.duplicatesSkipped] ?? 0);
      sums.odd += Number(measured[METRIC.malformedRecords] ?? 0);
      sums.late += Number(measured[METRIC.lateRecords] ?? 0);
    },
    // Nothing but the metric of the lag depends on it, which nobody reads here.
    now: Date.now,
  });
  for (const batch of batchesByTime(placed)) {
    await handler(batch);
    sums.records += batch.Records.length;
  }
  return { counter: store.read(), ...sums };
};

const SILENT: Log = { warn: () => undefined, error: () => undefined };
