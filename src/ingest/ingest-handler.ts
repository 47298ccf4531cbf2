import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  createHttpHandler,
  type HttpHandler,
  type PreparedHttpHandler,
} from '../http/http-handler.ts';
import { OWN_SESSION_PATH, SESSIONS_PATH } from '../http/paths.ts';
import type { Routes } from '../http/router.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readIngestSettings } from '../settings/settings.ts';
import { deleteSession } from '../tables/delete-session.ts';
import { createForgetSession } from './forget-session.ts';
import { createVisitCounter } from './visit-counter.ts';
import { respondToVisit } from './visit-outcome.ts';

/**
 * The ingest function. Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createIngest = (
  env: Environment,
  client: DynamoDBDocumentClient,
): PreparedHttpHandler => {
  const log = createLog('ingest');
  const settings = readIngestSettings(env);
  const { allowedOrigins, sessionsTable } = settings;
  const { countVisit, hasherSource, prepare } = createVisitCounter(settings, client, log);
  const forgetSession = createForgetSession({
    allowedOrigins,
    hasherSource,
    remove: (sessionHash) => deleteSession(client, sessionsTable, sessionHash),
  });
  const routes: Routes = {
    [SESSIONS_PATH]: {
      POST: async (request, signal) => respondToVisit(await countVisit(request, signal)),
    },
    [OWN_SESSION_PATH]: { DELETE: forgetSession },
  };
  return { handler: createHttpHandler({ routes, allowedOrigins, log }), prepare };
};

/** The handler of the ingest function, unprepared: for the local run. Throws like `createIngest`. */
export const createIngestHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
): HttpHandler => createIngest(env, client).handler;
