import { setTimeout as wait } from 'node:timers/promises';
import type { CommitChange } from '../../../src/domain/counter-store.ts';
import { createMemoryCounters } from '../../../src/domain/memory-counters.ts';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { localConnection } from '../../../src/local/database.ts';
import { createMeter } from '../../../src/metrics/meter.ts';
import { createProjectorHandlerWith } from '../../../src/projector/projector-handler.ts';
import type { StreamEvent } from '../../../src/projector/stream-batch.ts';
import { createLog } from '../../../src/runtime/log.ts';
import { createCommitChange } from '../../../src/tables/commit-counter-change.ts';
import { createDocumentClient } from '../../../src/tables/document-client.ts';
import { COUNTS_TABLE } from '../../../src/tables/schema.ts';
import { inCounter, inserted } from '../../../test/support/stream-records.ts';
import { round } from '../meters/latency.ts';
import type { Bench, Row } from '../part/part.ts';

// As many as `MAX_COUNTERS` by default.
const COUNTERS = [1, 10, 1_000];

type OpenStore = (counters: number) => Promise<CommitChange>;

/** Batches of the projector by the number of counters in them: in memory, on the emulator, and with slow writes. */
export const measureCountersInBatch = async ({ plan, endpoint }: Bench): Promise<Row[]> => {
  const { batch, memory, emulator, writeMs } = plan.records;
  const client = createDocumentClient(localConnection(endpoint));
  const inMemory: OpenStore = async () => createMemoryCounters().commitChange;
  const onEmulator: OpenStore = async (counters) => {
    const table = `counters-${counters}`;
    await ensureTable(client, table, COUNTS_TABLE);
    return createCommitChange(client, table);
  };
  const slowly: OpenStore = async () => {
    const { commitChange } = createMemoryCounters();
    return async (change) => {
      await wait(writeMs);
      return commitChange(change);
    };
  };
  if (plan.isWarmedUp) await measureStore('warm-up', inMemory, { records: memory, batch });
  return [
    ...(await measureStore('memory', inMemory, { records: memory, batch })),
    ...(await measureStore('emulator', onEmulator, { records: emulator, batch })),
    ...(await measureStore(`${writeMs} ms a write`, slowly, { records: batch, batch })),
  ];
};

interface Load {
  readonly records: number;
  /** Records in a batch. */
  readonly batch: number;
}

const measureStore = async (store: string, open: OpenStore, load: Load): Promise<Row[]> => {
  const batches = load.records / load.batch;
  const rows: Row[] = [];
  let ofOneCounter = 0;
  for (const counters of COUNTERS) {
    const { seconds, writes, total } = await projectAll(counters, load, await open(counters));
    const speed = load.records / seconds;
    ofOneCounter ||= speed;
    rows.push({
      ...{ store, counters, 'of one counter': round(speed / ofOneCounter) },
      'writes a batch': writes / batches,
      'records/s': Math.round(speed),
      'ms a batch': round((seconds * 1_000) / batches),
      ...{ records: load.records, total },
    });
  }
  return rows;
};

const projectAll = async (counters: number, load: Load, commitChange: CommitChange) => {
  const totals = new Map<string, number>();
  let writes = 0;
  const commitAndNote: CommitChange = async (change) => {
    writes += 1;
    const answer = await commitChange(change);
    totals.set(change.counter, answer.counter.total);
    return answer;
  };
  const project = createProjectorHandlerWith({
    ...{ commitChange: commitAndNote, log: createLog('bench'), meter: createMeter(undefined) },
  });
  const batches = batchesOf(counters, load);
  const startedAt = performance.now();
  for (const batch of batches) await project(batch);
  const seconds = (performance.now() - startedAt) / 1_000;
  return { seconds, writes, total: [...totals.values()].reduce((sum, total) => sum + total, 0) };
};

const batchesOf = (counters: number, { records, batch }: Load): StreamEvent[] =>
  Array.from({ length: records / batch }, (_, number) => ({
    shardId: 'shardId-00000001795456800000-a1b2c3d4',
    Records: Array.from({ length: batch }, (_, place) => {
      const name = `page/${place % counters}`;
      return inCounter(name, inserted(number * batch + place));
    }),
  }));
