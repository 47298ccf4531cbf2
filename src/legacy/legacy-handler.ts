import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HttpHandler } from '../http/http-handler.ts';
import { LEGACY_PATH } from '../http/paths.ts';
import {
  createPreparedHttpHandler,
  type PreparedHttpHandler,
} from '../http/prepared-http-handler.ts';
import type { AdmitCounter } from '../ingest/admit-counter.ts';
import { createVisitCounter } from '../ingest/visit-counter.ts';
import { createMeter, type OpenMeter } from '../metrics/meter.ts';
import { createReaders } from '../query/readers.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readIngestSettings, readQuerySettings } from '../settings/settings.ts';
import { createCountAndRead } from './count-and-read.ts';

/**
 * The legacy function: the one GET of a page that was written for the Python counter. It is made of the
 * parts of ingest and query, so it counts and reads exactly as they do. Before its first request it does not
 * count the active sessions, as query does: that number is cached, and its first visitor would be missing.
 * Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createLegacy = (
  env: Environment,
  client: DynamoDBDocumentClient,
  openMeter: OpenMeter = createMeter,
): PreparedHttpHandler => {
  const log = createLog('legacy');
  const settings = readIngestSettings(env);
  const { countVisits, prepare } = createVisitCounter(settings, {
    ...{ client, log, openMeter },
    admit: admitSite,
  });
  const readers = createReaders(readQuerySettings(env), client, log);
  const { activeWindowMinutes, allowedOrigins, edge } = settings;
  const countAndRead = createCountAndRead({ countVisits, readers, activeWindowMinutes });
  const routes = { [LEGACY_PATH]: { GET: countAndRead } };
  return createPreparedHttpHandler({ routes, allowedOrigins, edge, client, log, prepare });
};

// It counts in no other counter, which it would have to look up.
const admitSite: AdmitCounter = async () => undefined;

/** The handler of the legacy function, unprepared: for the local run. Throws like `createLegacy`. */
export const createLegacyHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
  openMeter?: OpenMeter,
): HttpHandler => createLegacy(env, client, openMeter).handler;
