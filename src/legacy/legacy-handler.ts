import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createHttpHandler, type HttpHandler } from '../http/http-handler.ts';
import { LEGACY_PATH } from '../http/paths.ts';
import { createReadKey } from '../ingest/read-key.ts';
import { createSessionHasherSource } from '../ingest/session-hasher-source.ts';
import { createVisitCounter } from '../ingest/visit-counter.ts';
import { createReaders } from '../query/readers.ts';
import { createLog } from '../runtime/log.ts';
import type { Environment } from '../settings/readers.ts';
import { readIngestSettings, readQuerySettings } from '../settings/settings.ts';
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
  const hasherSource = createSessionHasherSource(settings.hash, createReadKey(client), log);
  const countVisit = createVisitCounter(settings, client, hasherSource);
  const readers = createReaders(readQuerySettings(env), client, log);
  const { activeWindowMinutes } = settings;
  const countAndRead = createCountAndRead({ countVisit, readers, activeWindowMinutes });
  const routes = { [LEGACY_PATH]: { GET: countAndRead } };
  return createHttpHandler({ routes, allowedOrigins: settings.allowedOrigins, log });
};
