/** The API in a separate process: ingest and query behind the local HTTP server. */
import { createIngestHandler } from '../../src/ingest/ingest-handler.ts';
import { openHttpServer } from '../../src/local/http-server/http-server.ts';
import { createRouter } from '../../src/local/http-server/router.ts';
import { createQueryHandler } from '../../src/query/query-handler.ts';
import {
  exitWithParent,
  openDatabaseWithRetry,
  processSettings,
  reportReady,
} from './process-side.ts';

exitWithParent();
const settings = processSettings();
const { client } = await openDatabaseWithRetry(settings);
const { url, serve } = await openHttpServer(0);
const functions = {
  ingest: createIngestHandler(settings, client),
  query: createQueryHandler(settings, client, ''),
};
serve(createRouter(functions, 'examples/resume'));
reportReady(url);
