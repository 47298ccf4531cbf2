import { createIngestHandler } from '../ingest/ingest-handler.ts';
import { createQueryHandler } from '../query/query-handler.ts';
import type { Environment } from '../settings/readers.ts';
import { readIngestSettings } from '../settings/settings.ts';
import { startCompaction } from './compaction.ts';
import { openCounterFolder } from './counter-folder.ts';
import { createHashKey } from './data-folder.ts';
import { type Database, openDatabase } from './database.ts';
import { startEmbeddedDynamoDB } from './embedded-dynamodb.ts';
import { findExternalDynamoDB } from './external-dynamodb.ts';
import { type FunctionSettings, functionSettings, publicSettings } from './function-settings.ts';
import { rejectCrossSiteDeletions } from './http-server/cross-site-deletions.ts';
import { openHttpServer } from './http-server/http-server.ts';
import { type ApiFunctions, createRouter } from './http-server/router.ts';
import { startProjection } from './projection.ts';
import { buildWidget } from './widget-bundle.ts';

export interface LocalCounterOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Names beside those of this machine under which the counter is reached, such as a tunnel's. */
  readonly allowedHosts?: readonly string[];
  /** Undefined keeps everything in memory. */
  readonly dataFolder: string | undefined;
  readonly pageFolder: string;
  /** Settings of the functions, and AWS_ENDPOINT_URL_DYNAMODB for another DynamoDB. */
  readonly env: Environment;
}

/** The whole counter, running. */
export interface LocalCounter {
  readonly url: string;
  /** Where its DynamoDB is. */
  readonly endpoint: string;
  /** Rejects when the counter cannot go on. */
  readonly ended: Promise<void>;
  /** Lets what is under way end, then stops all that was started. Safe to repeat. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts DynamoDB, tables, functions, event source and page, each after what it needs.
 * Throws a StartError or SettingError that says what to do; then nothing is left running.
 */
export const startLocalCounter = async (options: LocalCounterOptions): Promise<LocalCounter> => {
  const started = new AsyncDisposableStack();
  try {
    return await startAll(options, started);
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
};

const startAll = async (
  { port, allowedHosts = [], dataFolder, pageFolder, env }: LocalCounterOptions,
  started: AsyncDisposableStack,
): Promise<LocalCounter> => {
  const server = started.adopt(await openHttpServer(port, allowedHosts), ({ stop }) => stop());
  functionSettings(env, createHashKey()); // A malformed setting stops the start before it writes.
  const folder = dataFolder === undefined ? undefined : await openCounterFolder(dataFolder, env);
  if (folder) started.defer(async () => folder.release());
  const settings = functionSettings(env, folder?.hashKey ?? createHashKey());
  const { endpoint, ended, file } = await startDynamoDB(env, folder?.files.database, started);
  const database = await openDatabase(endpoint, settings);
  const functions = await createFunctions(settings, database, allowedHosts);
  started.adopt(await startCompaction(file, settings, database), ({ stop }) => stop());
  started.adopt(startProjection(settings, database), ({ stop }) => stop());
  server.serve(createRouter(functions, pageFolder));
  // The server was opened first, but it is closed first too: visits under way still need the rest.
  started.defer(server.stop);
  if (folder) started.defer(async () => folder.withdraw());
  await folder?.announce({ url: server.url, endpoint, settings: publicSettings(settings) });
  return { url: server.url, endpoint, ended, stop: once(() => started.disposeAsync()) };
};

const createFunctions = async (
  settings: FunctionSettings,
  { client }: Database,
  allowedHosts: readonly string[],
): Promise<ApiFunctions> => {
  const { allowedOrigins } = readIngestSettings(settings);
  const ingest = createIngestHandler(settings, client);
  return {
    ingest: rejectCrossSiteDeletions(ingest, { allowedOrigins, allowedHosts }),
    query: createQueryHandler(settings, client, await buildWidget()),
  };
};

const startDynamoDB = async (
  env: Environment,
  databaseFile: string | undefined,
  started: AsyncDisposableStack,
): Promise<Pick<LocalCounter, 'endpoint' | 'ended'> & { readonly file: string | undefined }> => {
  const given = await findExternalDynamoDB(env);
  if (given) return { endpoint: given, ended: new Promise(() => undefined), file: undefined };
  const embedded = started.adopt(await startEmbeddedDynamoDB(databaseFile), ({ stop }) => stop());
  return { ...embedded, file: databaseFile };
};

const once = (action: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  return () => {
    done ??= action();
    return done;
  };
};
