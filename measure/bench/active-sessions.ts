import { setTimeout } from 'node:timers/promises';
import { ensureTable } from '../../src/local/create-tables.ts';
import { localConnection } from '../../src/local/database.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { INTEGER_RANGES } from '../../src/settings/allowed-values.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { COUNTS_TABLE, SESSIONS_TABLE } from '../../src/tables/schema.ts';
import { readCounts } from '../browser-requests.ts';
import { type Consumption, createCapacityMeter } from '../capacity-meter.ts';
import { createLatency, round } from './meters/latency.ts';
import type { Bench, Findings, Goal, Row } from './part/part.ts';
import { sessionRows } from './stored/session-rows.ts';
import { storeRows } from './stored/store-rows.ts';

const MINUTE_MS = 60_000;
const PAUSE_MS = 10;
const BUDGET = INTEGER_RANGES.ACTIVE_READ_UNITS_PER_SECOND.default;

/** GET /counts with growing numbers of active sessions, with the default budget and without one. */
export const benchActiveSessions = async (bench: Bench): Promise<Findings> => {
  const rows: Row[] = [];
  for (const active of bench.plan.active) {
    const tables = await storeActive(bench, active);
    const without = await readFor(bench, tables, '1000000');
    const withBudget = await readFor(bench, tables, String(BUDGET));
    rows.push(describe('off', active, without, without));
    rows.push(describe(`${BUDGET} unit${BUDGET === 1 ? '' : 's'}/s`, active, withBudget, without));
  }
  const title = 'GET /counts, by the number of active sessions';
  return { title, rows, goals: goalsOf(rows, bench) };
};

interface Tables {
  readonly SESSIONS_TABLE: string;
  readonly COUNTS_TABLE: string;
}

const storeActive = async ({ endpoint, seed }: Bench, active: number): Promise<Tables> => {
  const client = createDocumentClient(localConnection(endpoint));
  const tables = { SESSIONS_TABLE: `active-${active}`, COUNTS_TABLE: `active-counts-${active}` };
  const rows = sessionRows(active, { least: 0, most: 10 * MINUTE_MS }, seed);
  await storeRows(client, tables.SESSIONS_TABLE, SESSIONS_TABLE, rows);
  await ensureTable(client, tables.COUNTS_TABLE, COUNTS_TABLE);
  return tables;
};

interface Reads {
  readonly latency: ReturnType<typeof createLatency>;
  readonly taken: Consumption;
  readonly seconds: number;
  readonly lastCount: number;
}

/** One container that is asked again shortly after each response. */
const readFor = async (
  { endpoint, plan }: Bench,
  tables: Tables,
  ACTIVE_READ_UNITS_PER_SECOND: string,
): Promise<Reads> => {
  const client = createDocumentClient(localConnection(endpoint));
  const meter = createCapacityMeter(client);
  const query = createQueryHandler({ ...tables, ACTIVE_READ_UNITS_PER_SECOND }, client, '');
  const latency = createLatency();
  const startedAt = performance.now();
  const endsAt = startedAt + plan.activeSeconds * 1_000;
  let body = '{}';
  const taken = await meter(async () => {
    do {
      body = await latency.time(() => readCounts(query));
      await setTimeout(PAUSE_MS);
    } while (performance.now() < endsAt);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  return { latency, taken, seconds, lastCount: JSON.parse(body).active_sessions };
};

const describe = (budget: string, active: number, reads: Reads, without: Reads): Row => {
  const { latency, taken, seconds, lastCount } = reads;
  const unitsPerRead = ({ taken, latency }: Reads): number => taken.readUnits / latency.count();
  return {
    active,
    budget,
    'units a read, against no budget': round(unitsPerRead(reads) / unitsPerRead(without)),
    'units a read': round(unitsPerRead(reads)),
    // The total is read for each response, at half a unit; a refresh running at the end counts too.
    'index units a second': round((taken.readUnits - latency.count() / 2) / seconds),
    'p50 ms': latency.percentile(50),
    'p99 ms': latency.percentile(99),
    reads: latency.count(),
    counted: lastCount,
  };
};

// A container may spend a minute of its budget in advance, so a single index query is never refused.
const goalsOf = (rows: readonly Row[], { plan }: Bench): Goal[] => {
  const bounded = rows.filter(({ budget }) => budget !== 'off');
  // One query, which rounds up to half a unit.
  const looks = rows.map(({ active }) => (Number(active) * 84) / 4_096 / 2 + 1 / 2);
  const allowed = Math.max(...looks) / plan.activeSeconds + BUDGET;
  const most = Math.max(...bounded.map((row) => Number(row['index units a second'])));
  return [
    {
      ...{ goal: 'a container stays within its budget plus one index query', kind: 'counted' },
      ...{ isMet: most <= allowed, measured: `${most} of ${round(allowed)} units a second` },
    },
    {
      ...{ goal: 'the active count is exact at every size', kind: 'counted' },
      isMet: rows.every(({ active, counted }) => active === counted),
      measured: rows.map(({ counted }) => Number(counted)),
    },
  ];
};
