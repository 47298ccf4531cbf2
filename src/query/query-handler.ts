import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SITE } from '../domain/counter-name.ts';
import type { HttpHandler } from '../http/http-handler.ts';
import { jsonResponse } from '../http/http-response.ts';
import { BADGE_PATH, COUNTS_PATH, HISTORY_PATH, OPENAPI_PATH, WIDGET_PATH } from '../http/paths.ts';
import {
  createPreparedHttpHandler,
  type PreparedHttpHandler,
} from '../http/prepared-http-handler.ts';
import type { Routes } from '../http/router.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readQuerySettings } from '../settings/settings.ts';
import { readCounters } from '../tables/read-counters.ts';
import { OPENAPI } from './openapi.ts';
import { createReadBadge } from './read-badge.ts';
import { createReadCounts } from './read-counts.ts';
import { createReadHistory } from './read-history.ts';
import { createReadWidget } from './read-widget.ts';
import { createReaders } from './readers.ts';

/**
 * The query function; `widget` is the source text that it serves. It also handles every path that belongs
 * to no other function, so that a 404 has CORS headers. Its preparation counts the active sessions, which
 * stay in the cache for a moment. Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createQuery = (
  env: Environment,
  client: DynamoDBDocumentClient,
  widget: string,
): PreparedHttpHandler => {
  const settings = readQuerySettings(env);
  const { activeWindowMinutes, allowedOrigins, counters, edge } = settings;
  const log = createLog('query');
  const readers = createReaders(settings, client, log, readCounters);
  const common = { readers, list: counters, activeWindowMinutes, now: Date.now };
  const routes: Routes = {
    [COUNTS_PATH]: { GET: createReadCounts(common) },
    [HISTORY_PATH]: { GET: createReadHistory(common) },
    [BADGE_PATH]: { GET: createReadBadge(common) },
    [WIDGET_PATH]: { GET: createReadWidget(widget) },
    [OPENAPI_PATH]: { GET: async () => jsonResponse(200, OPENAPI) },
  };
  const prepare = () => readers.active.read(SITE);
  return createPreparedHttpHandler({ routes, allowedOrigins, edge, client, log, prepare });
};

/** The handler of the query function, unprepared: for the local run. Throws like `createQuery`. */
export const createQueryHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  widget: string,
): HttpHandler => createQuery(env, client, widget).handler;
