import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HttpHandler } from '../http/http-handler.ts';
import { OWN_SESSION_PATH, SESSIONS_PATH } from '../http/paths.ts';
import {
  createPreparedHttpHandler,
  type PreparedHttpHandler,
} from '../http/prepared-http-handler.ts';
import type { Routes } from '../http/router.ts';
import { createMeter, type OpenMeter } from '../metrics/meter.ts';
import { createLog } from '../runtime/log.ts';
import type { MatchedNames } from '../settings/matched-names.ts';
import type { Environment } from '../settings/readers.ts';
import { readIngestSettings } from '../settings/settings.ts';
import { addCounterName, hasCounterName } from '../tables/counter-names.ts';
import { deleteSession } from '../tables/delete-session.ts';
import { createAdmitCounter, type NameStore } from './admit-counter.ts';
import { createForgetSession } from './forget-session.ts';
import { createPostVisit } from './post-visit.ts';
import { createVisitCounter } from './visit-counter.ts';

/**
 * The ingest function. Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createIngest = (
  env: Environment,
  client: DynamoDBDocumentClient,
  openMeter: OpenMeter = createMeter,
): PreparedHttpHandler => {
  const log = createLog('ingest');
  const settings = readIngestSettings(env);
  const { allowedOrigins, edge, sessionsTable, counters } = settings;
  const names = settings.matchedNames && createNameStore(client, settings.matchedNames);
  const admit = createAdmitCounter({ counters, names, now: Date.now });
  const { countVisits, hasherSource, prepare } = createVisitCounter(settings, {
    ...{ client, log, admit, openMeter },
  });
  const forgetSession = createForgetSession({
    ...{ allowedOrigins, counters },
    hasherSource,
    remove: (sessionHash) => deleteSession(client, sessionsTable, sessionHash),
  });
  const routes: Routes = {
    [SESSIONS_PATH]: { POST: createPostVisit(countVisits) },
    [OWN_SESSION_PATH]: { DELETE: forgetSession },
  };
  return createPreparedHttpHandler({ routes, allowedOrigins, edge, client, log, prepare });
};

const createNameStore = (
  client: DynamoDBDocumentClient,
  { countsTable, maxCounters }: MatchedNames,
): NameStore => ({
  has: (name) => hasCounterName(client, countsTable, name),
  add: (name) => addCounterName(client, countsTable, name, maxCounters),
});

/** The handler of the ingest function, unprepared: for the local run. Throws like `createIngest`. */
export const createIngestHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  openMeter?: OpenMeter,
): HttpHandler => createIngest(env, client, openMeter).handler;
