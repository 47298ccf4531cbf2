import { onTestFinished } from 'vitest';
import { createIngestHandler } from '../../../src/ingest/ingest-handler.ts';
import { openHttpServer } from '../../../src/local/http-server/http-server.ts';
import { createRouter } from '../../../src/local/http-server/router.ts';
import { startProjection } from '../../../src/local/projection.ts';
import { createQueryHandler } from '../../../src/query/query-handler.ts';
import type { TestDatabase } from '../../support/embedded-database.ts';
import { injectDrift, openFreshTables, untilCounted } from '../../support/projected-database.ts';
import { ageSessions } from '../../support/session-rows.ts';
import { serve } from './serve.ts';
import { widgetScript } from './widget.ts';

/** How many visitors were counted before the test. */
export const EARLIER = 40;

/** The real functions with a projector that does not run yet, and a page on another origin. */
export interface RealApi {
  readonly url: string;
  /** The page with the widget. */
  readonly page: string;
  /** All requests, such as `POST /sessions`, except those for the script. */
  readonly requests: string[];
  /** Runs the projector until it has counted this many visitors since the test began. */
  readonly project: (visitors: number) => Promise<void>;
  /** Makes all sessions so many minutes older than they are. */
  readonly age: (minutes: number) => Promise<void>;
}

/** Starts the functions with `env`; the origin of the page, with `elements`, is configured unless `env` says otherwise. */
export const startRealApi = async (
  file: TestDatabase,
  env: Record<string, string> = {},
  elements = '<session-counter></session-counter>',
): Promise<RealApi> => {
  const server = await openHttpServer(0);
  onTestFinished(server.stop);
  const page = await serve((_, response) => {
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(`<script type="module" src="${server.url}/widget.js"></script><p>${elements}</p>`);
  });
  const database = await openFreshTables(file);
  await injectDrift(database, EARLIER);
  const settings = { ...database.tables, ALLOWED_ORIGINS: page, HASH_KEY: 'k'.repeat(32), ...env };
  const ingest = createIngestHandler(settings, database.client);
  const query = createQueryHandler(settings, database.client, await widgetScript());
  const answer = createRouter({ ingest, query }, 'test/browser');
  const requests: string[] = [];
  server.serve((request, target) => {
    if (target.path !== '/widget.js') requests.push(`${request.method} ${target.path}`);
    return answer(request, target);
  });
  return {
    ...{ url: server.url, page, requests },
    project: async (visitors) => {
      const { stop } = startProjection({ ...database.tables }, database);
      await untilCounted(database, { total: EARLIER + visitors, removed: 0 }).finally(stop);
    },
    age: (minutes) => ageSessions(database, minutes),
  };
};
