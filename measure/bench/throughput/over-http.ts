import autocannon from 'autocannon';
import { createIngestHandler } from '../../../src/ingest/ingest-handler.ts';
import { openDatabase } from '../../../src/local/database.ts';
import { openHttpServer } from '../../../src/local/http-server/http-server.ts';
import { createRouter } from '../../../src/local/http-server/router.ts';
import { createQueryHandler } from '../../../src/query/query-handler.ts';
import { readingCounts, visitsOf } from '../meters/requests.ts';
import type { Bench } from '../part/part.ts';
import { ACTIVE_SHARDS, type Side, type Slice } from './slice.ts';

/** The handlers behind an HTTP server, as in `npm start`. Must be stopped. */
export const openOverHttp = async ({
  endpoint,
  plan,
}: Bench): Promise<Side & { readonly stop: () => Promise<void> }> => {
  const tables = { SESSIONS_TABLE: 'http-sessions', COUNTS_TABLE: 'http-counts' };
  const { client } = await openDatabase(endpoint, tables);
  const env = {
    ...tables,
    ACTIVE_SHARDS: String(ACTIVE_SHARDS),
    HASH_KEY: 'k'.repeat(32),
    ...UNBOUNDED,
  };
  const server = await openHttpServer(0);
  const ingest = createIngestHandler(env, client);
  const query = createQueryHandler(env, client, '');
  server.serve(createRouter({ ingest, query }, 'examples/resume'));
  return {
    visit: (connections) => load(server.url, visitsOf(plan.throughput.browsers), connections),
    read: (connections) => load(server.url, [readingCounts], connections),
    stop: server.stop,
  };
};

// All browsers have one address.
const UNBOUNDED = { ACTIVE_READ_UNITS_PER_SECOND: '1000000', NEW_SESSIONS_PER_HOUR: '0' };

const load =
  (url: string, requests: autocannon.Request[], connections: number): Slice =>
  async (duration) => {
    // The load generator has a separate thread and is not part of the measurement. Starting it takes
    // half a second, which a smoke run does not spend.
    const workers = duration < 1 ? 0 : 1;
    const sampleInt = Math.min(1_000, duration * 1_000); // a run ends with a sample
    const options = { url, requests, connections, duration, sampleInt, workers };
    const result = await autocannon(options);
    const failed = result.errors + result.non2xx;
    if (failed > 0) throw new Error(`${failed} requests failed`);
    return result.requests.total / result.duration;
  };
