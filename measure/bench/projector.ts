import type { DynamoDBRecord } from 'aws-lambda';
import type { CommitChange } from '../../src/domain/counter-store.ts';
import { createMemoryCounter } from '../../src/domain/memory-counter.ts';
import { ensureTable } from '../../src/local/create-tables.ts';
import { localConnection } from '../../src/local/database.ts';
import { createMeter } from '../../src/metrics/meter.ts';
import { createProjectorHandlerWith } from '../../src/projector/projector-handler.ts';
import type { StreamEvent } from '../../src/projector/stream-batch.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createCommitChange } from '../../src/tables/commit-counter-change.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { COUNTS_TABLE } from '../../src/tables/schema.ts';
import { inserted } from '../../test/support/stream-records.ts';
import { createCapacityMeter } from '../capacity-meter.ts';
import { heapDuring } from './meters/heap.ts';
import { round } from './meters/latency.ts';
import type { Bench, Findings, Goal, Row } from './part/part.ts';

const SIZES = [100, 1_000, 10_000];
const GOAL = 300_000;
const MEGABYTE = 1e6;

/** Batches of the projector: with a store in memory, for its own speed, and with the emulator. */
export const benchProjector = async (bench: Bench): Promise<Findings> => {
  const { records } = bench.plan;
  const rows: Row[] = [];
  for (const size of SIZES) rows.push(await projectInMemory(bench, size));
  for (const size of SIZES) rows.push(await projectOnEmulator(bench, size, records.emulator));
  return { title: 'The projector, by the size of a batch', rows, goals: goalsOf(rows) };
};

const projectInMemory = async ({ plan }: Bench, size: number): Promise<Row> => {
  const records = plan.records.memory;
  const batches = createBatches(size, records);
  // A warm-up with a separate store.
  if (plan.isWarmedUp) await projectAll(batches, createMemoryCounter().commitChange);
  const counter = createMemoryCounter();
  let writes = 0;
  const commitChange: CommitChange = (change) => {
    writes += 1;
    return counter.commitChange(change);
  };
  const seconds = await projectAll(batches, commitChange);
  const { total } = counter.read();
  const bytes = await heapDuring(() =>
    projectAll(batches.slice(0, 1), createMemoryCounter().commitChange),
  );
  return describe('memory', { size, records, total, seconds, writes, bytes });
};

const projectOnEmulator = async (
  { endpoint }: Bench,
  size: number,
  records: number,
): Promise<Row> => {
  const batches = createBatches(size, records);
  const client = createDocumentClient(localConnection(endpoint));
  const table = `projected-${size}`;
  await ensureTable(client, table, COUNTS_TABLE);
  const commitChange = createCommitChange(client, table);
  const meter = createCapacityMeter(client);
  let total = 0;
  let seconds = 0;
  const { requests } = await meter(async () => {
    seconds = await projectAll(batches, async (change) => {
      const answer = await commitChange(change);
      total = answer.counter.total;
      return answer;
    });
  });
  return describe('emulator', { size, records, total, seconds, writes: requests, bytes: 0 });
};

const createBatches = (size: number, records: number): StreamEvent[] =>
  Array.from({ length: records / size }, (_, batch) => ({
    shardId: 'shardId-00000001795456800000-a1b2c3d4',
    Records: Array.from({ length: size }, (_, place) => recordAt(batch * size + place)),
  }));

const START_MS = Date.parse('2026-11-23T00:00:00.000Z');
const VISIT_MS = 40;

const recordAt = (position: number): DynamoDBRecord =>
  inserted(position, new Date(START_MS + position * VISIT_MS).toISOString());

/** The seconds it took. */
const projectAll = async (
  batches: readonly StreamEvent[],
  commitChange: CommitChange,
): Promise<number> => {
  const project = createProjectorHandlerWith({
    ...{ commitChange, log: createLog('bench'), meter: createMeter(undefined) },
  });
  const startedAt = performance.now();
  for (const batch of batches) await project(batch);
  return (performance.now() - startedAt) / 1_000;
};

interface Projected {
  readonly size: number;
  readonly records: number;
  readonly total: number;
  readonly seconds: number;
  readonly writes: number;
  readonly bytes: number;
}

const describe = (store: string, projected: Projected): Row => {
  const { size, records, total, seconds, writes, bytes } = projected;
  return {
    ...{ store, batch: size },
    'writes a batch': writes / (records / size),
    'of 300,000 records/s': round(records / seconds / GOAL),
    'records/s': Math.round(records / seconds),
    'MB a batch': store === 'memory' ? round(bytes / MEGABYTE) : '',
    ...{ records, total },
  };
};

const goalsOf = (rows: readonly Row[]): Goal[] => {
  const writes = rows.map((row) => row['writes a batch']);
  const inMemory = rows.filter(({ store }) => store === 'memory');
  const slowest = Math.min(...inMemory.map((row) => Number(row['records/s'])));
  return [
    {
      ...{ goal: 'each batch is one write', kind: 'counted' },
      ...{ isMet: writes.every((each) => each === 1), measured: writes.map(Number) },
    },
    {
      ...{ goal: 'every record is counted', kind: 'counted' },
      isMet: rows.every(({ records, total }) => records === total),
      measured: rows.map(({ total }) => Number(total)),
    },
    {
      ...{ goal: '300,000 records/s on one core, in memory', kind: 'timed' },
      ...{ isMet: slowest >= GOAL, measured: [slowest] },
    },
  ];
};
