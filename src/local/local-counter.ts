import type { Environment } from '../settings/readers.ts';
import { startCompaction } from './compaction.ts';
import { openCounterFolder } from './counter-folder.ts';
import {
  createDashboardRoutes,
  type DashboardRoutes,
  type DashboardSources,
} from './dashboard/dashboard-routes.ts';
import { createHashKey } from './data-folder.ts';
import { openDatabase } from './database.ts';
import { startEmbeddedDynamoDB } from './embedded-dynamodb.ts';
import type { MappingTiming } from './event-source/mapping-timing.ts';
import type { SwitchableMapping } from './event-source/switchable-mapping.ts';
import { findExternalDynamoDB } from './external-dynamodb.ts';
import { findFormerShards } from './find-former-shards.ts';
import { functionSettings, publicSettings } from './function-settings.ts';
import { openHttpServer } from './http-server/http-server.ts';
import { createRouter } from './http-server/router.ts';
import type { Observation } from './observation/observation.ts';
import { type ObserveOptions, openObservation } from './observation/open-observation.ts';
import { explainPortError } from './port-error.ts';
import type { ScheduledOptions } from './scheduled-functions.ts';
import { startFunctions } from './start-functions.ts';
import { createStopList, type StopList } from './stop-list.ts';

export interface LocalCounterOptions {
  /** 0 picks any free port. */
  readonly port: number;
  /** The address that the HTTP server binds; default: 127.0.0.1. */
  readonly host?: string;
  /** Host names to answer for in addition to localhost, such as a tunnel's. */
  readonly allowedHosts?: readonly string[];
  /** Undefined keeps all data in memory. */
  readonly dataFolder: string | undefined;
  readonly pageFolder: string;
  /** Whether GET / counts a visit, as the Python counter did, in place of serving the page. */
  readonly hasLegacyRoute?: boolean;
  /** Returns the source text of the widget. */
  readonly loadWidget: () => Promise<string>;
  /** Returns the page of the dashboard; undefined for a run without a page of it. */
  readonly loadDashboardPage?: DashboardSources['loadPage'] | undefined;
  /** The functions' settings, and AWS_ENDPOINT_URL_DYNAMODB to use another DynamoDB. */
  readonly env: Environment;
  /** The waits of the event source mapping, if not the default ones. */
  readonly timing?: MappingTiming | undefined;
  /** Undefined observes nothing, and calls no function on a schedule. */
  readonly observe?: (ObserveOptions & Pick<ScheduledOptions, 'sleep'>) | undefined;
}

/** The running counter. */
export interface LocalCounter {
  readonly url: string;
  /** The endpoint of its DynamoDB. */
  readonly endpoint: string;
  /** Rejects when the embedded DynamoDB exits unexpectedly. */
  readonly ended: Promise<void>;
  /** Delivers the stream to the projector. */
  readonly eventSource: SwitchableMapping;
  /** Finishes running requests and batches, then stops every part. Safe to repeat. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts DynamoDB, tables, functions, event source mapping and page, each after what it needs.
 * Throws a StartError or SettingError that says what to do. After an error nothing is left running.
 */
export const startLocalCounter = async (options: LocalCounterOptions): Promise<LocalCounter> => {
  const parts = createStopList();
  try {
    return await startAll(options, parts);
  } catch (error) {
    await parts.stop();
    throw error;
  }
};

const startAll = async (
  options: LocalCounterOptions,
  { onStop, stop }: StopList,
): Promise<LocalCounter> => {
  const { port, host, allowedHosts = [], dataFolder, pageFolder, env, timing } = options;
  const { hasLegacyRoute = false, loadWidget, observe } = options;
  const listen = () => openHttpServer(port, allowedHosts, host);
  const server = await explainPortError(port, listen, host);
  onStop(server.stop);
  functionSettings(env, createHashKey()); // Fails on a malformed setting before anything is written.
  const folder = dataFolder === undefined ? undefined : await openCounterFolder(dataFolder, env);
  if (folder) onStop(folder.release);
  const given = functionSettings(env, folder?.hashKey ?? createHashKey());
  const { endpoint, ended, file } = await startDynamoDB(env, folder?.files.database, onStop);
  const database = await openDatabase(endpoint, given);
  const settings = { ...given, ...(await findFormerShards(given, database)) };
  const observed = { settings, hasLegacyRoute };
  const observation = observe && (await openObservation(observed, observe, onStop));
  const widget = await loadWidget();
  onStop((await startCompaction(file, settings, database)).stop);
  const functions = startFunctions(
    settings,
    { ...database, endpoint },
    { allowedHosts, hasLegacyRoute, widget, observation, timing, sleep: observe?.sleep },
    onStop,
  );
  const dashboard = routesOf(observation, options);
  server.serve(createRouter(functions, pageFolder, dashboard));
  // Opened first, but also stopped first: running requests still need the other parts.
  onStop(server.stop);
  if (folder) onStop(folder.removeInstance);
  await folder?.writeInstance({ url: server.url, endpoint, settings: publicSettings(settings) });
  return { url: server.url, endpoint, ended, stop, eventSource: functions.eventSource };
};

const routesOf = (
  observation: Observation | undefined,
  { loadDashboardPage: loadPage }: LocalCounterOptions,
): DashboardRoutes | undefined =>
  observation && loadPage && createDashboardRoutes({ read: observation.read, loadPage });

const startDynamoDB = async (
  env: Environment,
  databaseFile: string | undefined,
  onStop: StopList['onStop'],
): Promise<Pick<LocalCounter, 'endpoint' | 'ended'> & { readonly file: string | undefined }> => {
  const external = await findExternalDynamoDB(env);
  if (external) {
    return { endpoint: external, ended: new Promise(() => undefined), file: undefined };
  }
  const embedded = await startEmbeddedDynamoDB(databaseFile);
  onStop(embedded.stop);
  return { ...embedded, file: databaseFile };
};
