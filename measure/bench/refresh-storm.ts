import { setTimeout } from 'node:timers/promises';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { type Database, openDatabase } from '../../src/local/database.ts';
import { createStreamReader } from '../../src/tables/stream-reader.ts';
import { visit } from '../browser-requests.ts';
import { createCapacityMeter } from '../capacity-meter.ts';
import { createLatency, type Latency, round } from './meters/latency.ts';
import type { Bench, Findings, Goal, Row } from './part/part.ts';

const INTERVALS = [0, 60];
// Writing an unchanged row leaves no stream record, so visits must not share a millisecond.
const PAUSE_MS = 2;

/** One reader who reloads a page repeatedly, with and without a touch interval. */
export const benchRefreshStorm = async (bench: Bench): Promise<Findings> => {
  const rows: Row[] = [];
  for (const interval of INTERVALS) rows.push(await storm(bench, interval));
  return {
    title: 'A reader who reloads the page, by the touch interval',
    rows,
    goals: goalsOf(rows),
  };
};

const storm = async ({ endpoint, plan }: Bench, interval: number): Promise<Row> => {
  const tables = { SESSIONS_TABLE: `storm-${interval}`, COUNTS_TABLE: `storm-counts-${interval}` };
  const database = await openDatabase(endpoint, tables);
  const settings = { HASH_KEY: 'k'.repeat(32), TOUCH_INTERVAL_SECONDS: String(interval) };
  const ingest = createIngestHandler({ ...tables, ...settings }, database.client);
  await visit(ingest, 1);
  const before = await countRecords(database);
  const latency = createLatency();
  const meter = createCapacityMeter(database.client);
  const { writeUnits, indexUnits } = await meter(async () => {
    for (let view = 0; view < plan.views; view += 1) {
      await setTimeout(PAUSE_MS);
      await latency.time(() => visit(ingest, 1));
    }
  });
  const records = (await countRecords(database)) - before;
  return describe(interval, { writeUnits, indexUnits, records, latency });
};

const countRecords = async ({ streams, streamArn }: Database): Promise<number> => {
  const reader = createStreamReader(streams, streamArn);
  const [shard] = await reader.listShards();
  const iterator = await reader.openShard(shard?.shardId ?? '', 'start');
  return (await reader.readRecords(iterator)).records.length;
};

interface Storm {
  readonly writeUnits: number;
  readonly indexUnits: number;
  readonly records: number;
  readonly latency: Latency;
}

// A refused write changes nothing and is charged as one unit, which no response reports.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithItems.html
const describe = (interval: number, { writeUnits, indexUnits, records, latency }: Storm): Row => {
  const visits = latency.count();
  const refused = writeUnits === 0 ? visits : 0;
  return {
    'interval, s': interval,
    'write units a visit': round((writeUnits + refused) / visits),
    'of them in the index': round(indexUnits / visits),
    'stream records a visit': round(records / visits),
    'p50 ms': latency.percentile(50),
    visits,
  };
};

const goalsOf = (rows: readonly Row[]): Goal[] => {
  const [free, held] = rows.map((row) => row['stream records a visit']);
  const [, units] = rows.map((row) => row['write units a visit']);
  return [
    {
      ...{ goal: 'visits within the interval leave no stream record', kind: 'counted' },
      ...{ isMet: free === 1 && held === 0, measured: `${free} without, ${held} with` },
    },
    {
      ...{ goal: 'visits within the interval cost one write unit each', kind: 'counted' },
      ...{ isMet: units === 1, measured: [Number(units)] },
    },
  ];
};
