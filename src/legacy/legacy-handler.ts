import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createHttpHandler, type HttpHandler } from '../http/http-handler.ts';
import { LEGACY_PATH } from '../http/paths.ts';
import { createCountVisit } from '../ingest/count-visit.ts';
import { createReadKey } from '../ingest/read-key.ts';
import { createSessionHasherSource } from '../ingest/session-hasher-source.ts';
import { withVisitMetrics } from '../ingest/with-visit-metrics.ts';
import { createMeter } from '../metrics/meter.ts';
import { createReaders } from '../query/readers.ts';
import { createLog, type Log } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import {
  type IngestSettings,
  readIngestSettings,
  readQuerySettings,
} from '../settings/settings.ts';
import { upsertSession } from '../tables/upsert-session.ts';
import { createCountAndRead } from './count-and-read.ts';

/**
 * The handler of the legacy function, on Lambda and in the local run: the one GET of a page that was
 * written for the Python counter. It is made of the parts of ingest and query, so it counts and reads
 * exactly as they do. Throws a SettingError when a setting in `env` is missing or malformed.
 */
export const createLegacyHandler = (
  env: Environment,
  client: DynamoDBDocumentClient,
): HttpHandler => {
  const log = createLog('legacy');
  const settings = readIngestSettings(env);
  const countVisit = createVisitCounter(settings, client, log);
  const readers = createReaders(readQuerySettings(env), client, log);
  const { activeWindowMinutes } = settings;
  const countAndRead = createCountAndRead({ countVisit, readers, activeWindowMinutes });
  const routes = { [LEGACY_PATH]: { GET: countAndRead } };
  return createHttpHandler({ routes, allowedOrigins: settings.allowedOrigins, log });
};

const createVisitCounter = (settings: IngestSettings, client: DynamoDBDocumentClient, log: Log) => {
  const countVisit = createCountVisit({
    settings,
    hasherSource: createSessionHasherSource(settings.hash, createReadKey(client), log),
    upsert: upsertSession.bind(undefined, client, settings.sessionsTable),
    now: Date.now,
  });
  return withVisitMetrics(countVisit, createMeter(settings.counterName));
};
