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
