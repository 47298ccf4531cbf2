import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createHttpHandler, type HttpHandler } from '../http/http-handler.ts';
import { COUNTS_PATH } from '../http/paths.ts';
import { createLog } from '../log.ts';
import type { Environment } from '../settings/readers.ts';
import { readQuerySettings } from '../settings/settings.ts';
import { countActiveSessions } from '../tables/count-active-sessions.ts';
import { readCounter } from '../tables/read-counter.ts';
import { createReadCounts } from './read-counts.ts';

/**
 * The query function, the same on Lambda and on one's own machine. It also answers every path
 * that no other function has, so that a 404 bears CORS headers as well.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createQueryHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
): HttpHandler => {
  const { sessionsTable, countsTable, activeShards, activeWindowMinutes, allowedOrigins } =
    readQuerySettings(env);
  const readCounts = createReadCounts({
    readCounter: () => readCounter(client, countsTable),
    countActive: (since) => countActiveSessions(client, sessionsTable, { activeShards, since }),
    activeWindowMinutes,
    now: Date.now,
  });
  const routes = { [COUNTS_PATH]: { GET: readCounts } };
  return createHttpHandler({ routes, allowedOrigins, log: createLog('query') });
};
