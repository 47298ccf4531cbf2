import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createHttpHandler, type HttpHandler } from '../http/http-handler.ts';
import { OWN_SESSION_PATH, SESSIONS_PATH } from '../http/paths.ts';
import type { Routes } from '../http/router.ts';
import { createMeter } from '../metrics/meter.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readIngestSettings } from '../settings/settings.ts';
import { deleteSession } from '../tables/delete-session.ts';
import { upsertSession } from '../tables/upsert-session.ts';
import { createCountVisit } from './count-visit.ts';
import { createForgetSession } from './forget-session.ts';
import { createReadKey } from './read-key.ts';
import { createSessionHasherSource } from './session-hasher-source.ts';
import { respondToVisit } from './visit-outcome.ts';
import { withVisitMetrics } from './with-visit-metrics.ts';

/**
 * The handler of the ingest function, on Lambda and in the local run.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createIngestHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
): HttpHandler => {
  const log = createLog('ingest');
  const settings = readIngestSettings(env);
  const hasherSource = createSessionHasherSource(settings.hash, createReadKey(client), log);
  const countVisit = createCountVisit({
    settings,
    hasherSource,
    upsert: upsertSession.bind(undefined, client, settings.sessionsTable),
    now: Date.now,
  });
  const countMeasuredVisit = withVisitMetrics(countVisit, createMeter(settings.counterName));
  const forgetSession = createForgetSession({
    allowedOrigins: settings.allowedOrigins,
    hasherSource,
    remove: (sessionHash) => deleteSession(client, settings.sessionsTable, sessionHash),
  });
  const routes: Routes = {
    [SESSIONS_PATH]: {
      POST: async (request, signal) => respondToVisit(await countMeasuredVisit(request, signal)),
    },
    [OWN_SESSION_PATH]: { DELETE: forgetSession },
  };
  return createHttpHandler({ routes, allowedOrigins: settings.allowedOrigins, log });
};
