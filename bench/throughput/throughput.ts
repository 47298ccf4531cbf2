import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import autocannon from 'autocannon';
import { activeSince } from '../../src/domain/active-window.ts';
import { touchSession } from '../../src/domain/session-touch.ts';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { type Database, openDatabase } from '../../src/local/database.ts';
import { openHttpServer } from '../../src/local/http-server.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import { ACTIVE_SESSIONS_INDEX, COUNTER, DISTINCT_SESSIONS } from '../../src/tables/schema.ts';
import { upsertSession } from '../../src/tables/upsert-session.ts';
import { median, round } from '../measure/latency.ts';
import { readingCounts, visitsOf } from '../measure/requests.ts';
import type { Bench, Findings, Goal, Row } from '../part.ts';

const CONNECTIONS = 32;
const BROWSERS = 2_000;
// One partition, so that a bare reader has one Query to make as well.
const ACTIVE_SHARDS = '1';
const RULES = { activeShards: 1, retentionDays: 395, touchIntervalSeconds: 0 };

/** Requests a second. */
type Slice = (seconds: number) => Promise<number>;

/** Over HTTP and the handlers against the bare SDK, by turns, over the same emulator. */
export const benchThroughput = async (bench: Bench): Promise<Findings> => {
  // Reads first: with the sessions of the visits the Query would be all that is measured.
  const reads = { request: 'GET /counts', against: 'a GetItem and a Query' };
  const visits = { request: 'POST /sessions', against: 'an UpdateItem' };
  const { ours, bare, stop } = await openBoth(bench);
  const rows: Row[] = [];
  for (const connections of [1, CONNECTIONS]) {
    const read = await comparePairs(bench, ours.read(connections), bare.read(connections));
    rows.push(describe(reads, connections, read));
  }
  for (const connections of [1, CONNECTIONS]) {
    const visit = await comparePairs(bench, ours.visit(connections), bare.upsert(connections));
    rows.push(describe(visits, connections, visit));
  }
  await stop();
  return { title: 'Requests a second, against the bare SDK', rows, goals: goalsOf(rows) };
};

const openBoth = async (bench: Bench) => {
  const { stop, ...ours } = await openOurs(bench);
  return { ours, bare: await openBare(bench), stop };
};

const openOurs = async ({ endpoint }: Bench) => {
  const tables = { SESSIONS_TABLE: 'http-sessions', COUNTS_TABLE: 'http-counts' };
  const { client } = await openDatabase(endpoint, tables);
  const env = { ...tables, ACTIVE_SHARDS, HASH_KEY: 'k'.repeat(32), ...UNBOUNDED };
  const server = await openHttpServer(0);
  const ingest = createIngestHandler(env, client);
  const query = createQueryHandler(env, client, '');
  server.serve({ ingest, query }, 'examples/resume');
  return {
    visit: (connections: number) => load(server.url, visitsOf(BROWSERS), connections),
    read: (connections: number) => load(server.url, [readingCounts], connections),
    stop: server.stop,
  };
};

const UNBOUNDED = { ACTIVE_READ_UNITS_PER_SECOND: '1000000' };

const load =
  (url: string, requests: autocannon.Request[], connections: number): Slice =>
  async (duration) => {
    // Who asks has a thread of his own: he is no part of what is measured.
    const result = await autocannon({ url, requests, connections, duration, workers: 1 });
    const failed = result.errors + result.non2xx;
    if (failed > 0) throw new Error(`${failed} requests failed`);
    return result.requests.average;
  };

const openBare = async ({ endpoint }: Bench) => {
  const tables = { SESSIONS_TABLE: 'bare-sessions', COUNTS_TABLE: 'bare-counts' };
  const { client } = await openDatabase(endpoint, tables);
  let visits = 0;
  const upsert = () => {
    visits += 1;
    const touch = touchSession(`session ${visits % BROWSERS}`, Date.now(), RULES);
    return upsertSession(client, tables.SESSIONS_TABLE, touch);
  };
  const read = () => readBare(client, tables);
  return {
    upsert: (connections: number) => repeat(upsert, connections),
    read: (connections: number) => repeat(read, connections),
  };
};

const readBare = (
  client: Database['client'],
  tables: { readonly SESSIONS_TABLE: string; readonly COUNTS_TABLE: string },
) => {
  const { name, partitionKey, sortKey } = ACTIVE_SESSIONS_INDEX;
  const counter = { TableName: tables.COUNTS_TABLE, Key: { [COUNTER.name]: DISTINCT_SESSIONS } };
  const active = {
    ...{ TableName: tables.SESSIONS_TABLE, IndexName: name, Select: 'COUNT' as const },
    KeyConditionExpression: `${partitionKey} = :shard AND ${sortKey} > :since`,
    ExpressionAttributeValues: { ':shard': 0, ':since': activeSince(Date.now(), 60) },
  };
  return Promise.all([client.send(new GetCommand(counter)), client.send(new QueryCommand(active))]);
};

const repeat =
  (work: () => Promise<unknown>, atOnce: number): Slice =>
  async (seconds) => {
    const startedAt = performance.now();
    const endsAt = startedAt + seconds * 1_000;
    let done = 0;
    const worker = async (): Promise<void> => {
      for (; performance.now() < endsAt; done += 1) await work();
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    return done / ((performance.now() - startedAt) / 1_000);
  };

interface Pair {
  readonly ours: number;
  readonly bare: number;
}

const comparePairs = async ({ plan }: Bench, ours: Slice, bare: Slice): Promise<Pair[]> => {
  const { pairs, seconds } = plan.throughput;
  const found: Pair[] = [];
  // The first pair warms up.
  for (let pair = -1; pair < pairs; pair += 1) {
    const measured = { ours: await ours(seconds), bare: await bare(seconds) };
    if (pair >= 0) found.push(measured);
  }
  return found;
};

const describe = (
  names: { readonly request: string; readonly against: string },
  connections: number,
  pairs: readonly Pair[],
): Row => ({
  ...names,
  connections,
  'share of the bare SDK': round(median(pairs.map(({ ours, bare }) => ours / bare))),
  'over HTTP a second': Math.round(median(pairs.map(({ ours }) => ours))),
  'bare a second': Math.round(median(pairs.map(({ bare }) => bare))),
  pairs: pairs.length,
});

const goalsOf = (rows: readonly Row[]): Goal[] =>
  rows
    .filter(({ connections }) => connections === CONNECTIONS)
    .map(({ request, against, 'share of the bare SDK': share = 0 }) => ({
      ...{ goal: `${request} is at least 0.8 of ${against}`, kind: 'timed' },
      ...{ isMet: Number(share) >= 0.8, measured: String(share) },
    }));
