import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { activeSince } from '../domain/active-window.ts';
import { createHttpHandler, type HttpHandler } from '../http/http-handler.ts';
import { jsonResponse } from '../http/http-response.ts';
import { BADGE_PATH, COUNTS_PATH, HISTORY_PATH, OPENAPI_PATH, WIDGET_PATH } from '../http/paths.ts';
import type { Routes } from '../http/router.ts';
import { createLog } from '../log.ts';
import type { Environment } from '../settings/readers.ts';
import { type QuerySettings, readQuerySettings } from '../settings/settings.ts';
import { countActiveSessions } from '../tables/count-active-sessions.ts';
import { readCounter } from '../tables/read-counter.ts';
import { OPENAPI } from './openapi.ts';
import { createReadBadge } from './read-badge.ts';
import { createReadCounts } from './read-counts.ts';
import { createReadHistory } from './read-history.ts';
import { createReadWidget } from './read-widget.ts';

/**
 * The query function, the same on Lambda and on one's own machine; `widget` is the source that it
 * serves. It also answers every path
 * that no other function has, so that a 404 bears CORS headers as well.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createQueryHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  widget: string,
): HttpHandler => {
  const settings = readQuerySettings(env);
  const { activeWindowMinutes, allowedOrigins } = settings;
  const { counter, countActive } = createReaders(settings, client);
  const readActive = () => countActive(activeSince(Date.now(), activeWindowMinutes));
  const readTotal = async () => (await counter()).total;
  const routes: Routes = {
    [COUNTS_PATH]: {
      GET: createReadCounts({
        readCounter: counter,
        countActive,
        activeWindowMinutes,
        now: Date.now,
      }),
    },
    [HISTORY_PATH]: { GET: createReadHistory({ readCounter: counter, now: Date.now }) },
    [BADGE_PATH]: { GET: createReadBadge({ unique: readTotal, active: readActive }) },
    [WIDGET_PATH]: { GET: createReadWidget(widget) },
    [OPENAPI_PATH]: { GET: async () => jsonResponse(200, OPENAPI) },
  };
  return createHttpHandler({ routes, allowedOrigins, log: createLog('query') });
};

const createReaders = (
  { sessionsTable, countsTable, activeShards }: QuerySettings,
  client: DynamoDBDocumentClient,
) => ({
  counter: () => readCounter(client, countsTable),
  countActive: (since: string) =>
    countActiveSessions(client, sessionsTable, { activeShards, since }),
});
