import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { deriveTableLimits } from '../../../infra/props/table-limits.ts';
import { NO_OTHER_COUNTERS } from '../../../src/domain/counter-name.ts';
import { ensureTable } from '../../../src/local/create-tables.ts';
import { localConnection } from '../../../src/local/database.ts';
import { createMeter } from '../../../src/metrics/meter.ts';
import { createProjectorHandlerWith } from '../../../src/projector/projector-handler.ts';
import { createLog } from '../../../src/runtime/log.ts';
import { createCommitChange } from '../../../src/tables/commit-counter-change.ts';
import { createDocumentClient } from '../../../src/tables/document-client.ts';
import { COUNTS_TABLE } from '../../../src/tables/schema.ts';
import { createCapacityMeter, type MeterCapacity } from '../../capacity-meter.ts';
import { captureOutput } from '../../cost/capture-output.ts';
import { oneInsert, writeFullCounter } from '../../cost/full-counter.ts';
import { round } from '../meters/latency.ts';
import type { Bench, Findings, Goal, Row } from '../part/part.ts';
import { writeFormerBatch, writeFormerItem } from './former-item.ts';
import { measureItemBytes } from './item-bytes.ts';

const OPEN_SHARDS = [1, 4, 16, 30, 45, 59, 64];

/** What one write of the counter item costs, by the number of open shards, and what it cost before. */
export const benchCounterItem = async ({ endpoint }: Bench): Promise<Findings> => {
  const client = createDocumentClient(localConnection(endpoint));
  const meter = createCapacityMeter(client);
  const rows: Row[] = [];
  for (const shards of OPEN_SHARDS) rows.push(await compare({ client, meter }, shards));
  return { title: 'A write of the counter item, by open shards', rows, goals: goalsOf(rows) };
};

interface Tools {
  readonly client: DynamoDBDocumentClient;
  readonly meter: MeterCapacity;
}

const compare = async (tools: Tools, shards: number): Promise<Row> => {
  const former = await measureFormer(tools, shards);
  const ours = await measureOurs(tools, shards);
  return {
    'open shards': shards,
    'units, of the former': round(ours.units / former.units),
    'bytes, of the former': round(ours.charged / former.charged),
    'units a write': ours.units,
    'formerly units': former.units,
    'bytes charged': ours.charged,
    'bytes by AWS’s rules': ours.documented,
    'formerly charged': former.charged,
    'formerly by AWS’s rules': former.documented,
    'units a second': ours.units * shards,
  };
};

const measureFormer = async ({ client, meter }: Tools, shards: number) => {
  const table = `former-${shards}`;
  await ensureTable(client, table, COUNTS_TABLE);
  await writeFormerItem(client, table, shards);
  const { writeUnits: units } = await meter(() => writeFormerBatch(client, table));
  return { units, ...(await measureItemBytes(client, meter, table)) };
};

const measureOurs = async ({ client, meter }: Tools, shards: number) => {
  const table = `counter-${shards}`;
  await ensureTable(client, table, COUNTS_TABLE);
  await writeFullCounter(client, table, shards);
  const project = createProjectorHandlerWith({
    commitChange: createCommitChange(client, table),
    log: createLog('projector'),
    meter: createMeter('session-counter'),
  });
  // The first batch of a container makes it know the counter; the second needs one write.
  await captureOutput(() => project(oneInsert(2)));
  const { result } = await captureOutput(() => meter(() => project(oneInsert(3))));
  return { units: result.writeUnits, ...(await measureItemBytes(client, meter, table)) };
};

const goalsOf = (rows: readonly Row[]): Goal[] => {
  const at = (shards: number, column: string): number =>
    Number(rows.find((row) => row['open shards'] === shards)?.[column]);
  const bytes = [at(16, 'bytes charged'), at(16, 'bytes by AWS’s rules')];
  const limit = deriveTableLimits({
    throttle: { ratePerSecond: 1, burst: 1 },
    counters: NO_OTHER_COUNTERS,
  }).counts.writes;
  return [
    counted('a write costs at most 2 units with 4 open shards', at(4, 'units a write') <= 2, [
      at(4, 'units a write'),
    ]),
    counted(
      'a write costs no more than formerly with one open shard',
      at(1, 'units, of the former') <= 1,
      [at(1, 'units, of the former')],
    ),
    counted(
      'the item has at most 6,000 bytes with 16 open shards',
      Math.max(...bytes) <= 6_000,
      bytes,
    ),
    counted(
      `30 open shards stay within the ${limit} units a second of the counts table`,
      at(30, 'units a second') <= limit,
      [at(30, 'units a second')],
    ),
  ];
};

const counted = (goal: string, isMet: boolean, measured: readonly number[]): Goal => ({
  ...{ goal, kind: 'counted', isMet, measured },
});
