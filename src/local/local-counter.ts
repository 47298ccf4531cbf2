import { buildWidget } from '../../infra/widget-bundle.ts';
import { createIngestHandler } from '../ingest/ingest-handler.ts';
import { createQueryHandler } from '../query/query-handler.ts';
import type { Environment } from '../settings/readers.ts';
import { startCompaction } from './compaction.ts';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { startEmbeddedDynamoDB } from './embedded-dynamodb.ts';
import { functionSettings, publicSettings } from './function-settings.ts';
import { findGivenDynamoDB } from './given-dynamodb.ts';
import { openHttpServer } from './http-server.ts';
import { type Instance, lockFolder, removeInstance, writeInstance } from './instance.ts';
import { startProjection } from './projection.ts';

export interface LocalCounterOptions {
  /** 0 takes any free port. */
  readonly port: number;
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
  { port, dataFolder, pageFolder, env }: LocalCounterOptions,
  started: AsyncDisposableStack,
): Promise<LocalCounter> => {
  const server = started.adopt(await openHttpServer(port), ({ stop }) => stop());
  const folder = dataFolder === undefined ? undefined : openDataFolder(dataFolder);
  const settings = functionSettings(env, folder);
  if (folder) started.adopt(await lockFolder(folder.instance), ({ release }) => release());
  const { endpoint, ended, file } = await startDynamoDB(env, folder, started);
  if (folder) {
    const instance = { url: server.url, endpoint, settings: publicSettings(settings) };
    announce(folder, instance, started);
  }

  const database = await openDatabase(endpoint, settings);
  const functions = {
    ingest: createIngestHandler(settings, database.client),
    query: createQueryHandler(settings, database.client, await buildWidget()),
  };
  started.adopt(await startCompaction(file, settings, database), ({ stop }) => stop());
  started.adopt(startProjection(settings, database), ({ stop }) => stop());
  server.serve(functions, pageFolder);
  // The server was opened first, but it is closed first too: visits under way still need the rest.
  started.defer(server.stop);
  return { url: server.url, endpoint, ended, stop: once(() => started.disposeAsync()) };
};

const once = (action: () => Promise<void>): (() => Promise<void>) => {
  let done: Promise<void> | undefined;
  return () => {
    done ??= action();
    return done;
  };
};

const startDynamoDB = async (
  env: Environment,
  folder: DataFolder | undefined,
  started: AsyncDisposableStack,
): Promise<Pick<LocalCounter, 'endpoint' | 'ended'> & { readonly file: string | undefined }> => {
  const given = await findGivenDynamoDB(env);
  if (given) return { endpoint: given, ended: new Promise(() => undefined), file: undefined };
  const file = folder?.database;
  const embedded = started.adopt(await startEmbeddedDynamoDB(file), ({ stop }) => stop());
  return { ...embedded, file };
};

const announce = (
  { instance }: DataFolder,
  written: Instance,
  started: AsyncDisposableStack,
): void => {
  writeInstance(instance, written);
  started.defer(() => removeInstance(instance));
};
