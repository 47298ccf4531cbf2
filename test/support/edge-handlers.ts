import type { HttpHandler } from '../../src/http/http-handler.ts';
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { createLegacyHandler } from '../../src/legacy/legacy-handler.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import type { TestDatabase } from './embedded-database.ts';

/** An edge secret, the one before it, and one that never was valid. */
export const SECRET = 'new-secret-of-the-edge-0123456789';
export const FORMER = 'old-secret-of-the-edge-0123456789';
export const FORGED = 'no-secret-of-the-edge-0123456789x';

/** The headers that the edge adds to a request of this viewer. */
export const fromEdge = (address = '198.51.100.10:46532', secret = SECRET) => ({
  'x-counter-edge-secret': secret,
  'cloudfront-viewer-address': address,
});

/** Headers of requests that do not come through the edge, although most of them pretend to. */
export const ROUND_THE_EDGE: readonly Record<string, string>[] = [
  {},
  { 'cloudfront-viewer-address': '198.51.100.10:46532', 'x-forwarded-for': '198.51.100.10' },
  { ...fromEdge(), 'x-counter-edge-secret': '' },
  fromEdge(undefined, FORGED),
  fromEdge(undefined, FORMER),
  fromEdge(undefined, SECRET.slice(0, -1)),
  fromEdge(undefined, `${SECRET}x`),
  fromEdge(undefined, SECRET.toUpperCase()),
  fromEdge(undefined, `${SECRET},${SECRET}`),
  fromEdge(undefined, `${FORGED}, ${SECRET}`),
  fromEdge(undefined, 'ſecret'.repeat(6)),
  fromEdge(undefined, '__proto__'),
  fromEdge(undefined, 's'.repeat(8_192)),
  { ...fromEdge(), 'X-Counter-Edge-Secret': SECRET },
  { ...fromEdge(undefined, FORGED), 'X-COUNTER-EDGE-SECRET': SECRET },
  {
    ...fromEdge(undefined, FORGED),
    'x-counter-edge-secret ': SECRET,
    x_counter_edge_secret: SECRET,
  },
];

/** The functions that serve HTTP. */
export type HttpFunction = 'ingest' | 'query' | 'legacy';

/** All of them with these settings, without a limit of new sessions. */
export const createHandlers = (
  { client, tables }: TestDatabase,
  settings: Readonly<Record<string, string>>,
): Record<HttpFunction, HttpHandler> => {
  const env = { ...tables, HASH_KEY: 'k'.repeat(32), NEW_SESSIONS_PER_HOUR: '0', ...settings };
  return {
    ingest: createIngestHandler(env, client),
    query: createQueryHandler(env, client, 'export {};'),
    legacy: createLegacyHandler(env, client),
  };
};
