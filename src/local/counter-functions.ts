import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { HttpHandler } from '../http/http-handler.ts';
import { createIngestHandler } from '../ingest/ingest-handler.ts';
import { createLegacyHandler } from '../legacy/legacy-handler.ts';
import { createProjectorHandler, type ProjectorHandler } from '../projector/projector-handler.ts';
import { createQueryHandler } from '../query/query-handler.ts';
import { readIngestSettings } from '../settings/settings.ts';
import type { FunctionSettings } from './function-settings.ts';
import { rejectCrossSiteDeletions } from './http-server/cross-site-deletions.ts';
import type { ApiFunctions } from './http-server/router.ts';
import { observeApi } from './observation/adapters/observe-api.ts';
import { observeFunction } from './observation/adapters/observe-function.ts';
import { observeProjector } from './observation/adapters/observe-projector.ts';
import type { Observation } from './observation/observation.ts';

export interface CounterFunctionsOptions {
  readonly allowedHosts: readonly string[];
  readonly hasLegacyRoute: boolean;
  /** The source text of the widget. */
  readonly widget: string;
  /** Undefined observes nothing. */
  readonly observation: Observation | undefined;
}

/** The functions of a counter that requests and stream records call. */
export interface CounterFunctions extends ApiFunctions {
  readonly projector: ProjectorHandler;
}

/** Creates the functions. Throws a SettingError. */
export const createCounterFunctions = (
  settings: FunctionSettings,
  client: DynamoDBDocumentClient,
  { allowedHosts, hasLegacyRoute, widget, observation }: CounterFunctionsOptions,
): CounterFunctions => {
  const { allowedOrigins } = readIngestSettings(settings);
  const meterOf = (name: 'ingest' | 'legacy' | 'projector') => observation?.openMeterOf(name);
  const observe = (name: 'ingest' | 'legacy' | 'query', handler: HttpHandler): HttpHandler =>
    observation ? observeHttp(name, handler, observation) : handler;
  const ingest = observe('ingest', createIngestHandler(settings, client, meterOf('ingest')));
  const projector = createProjectorHandler(settings, client, meterOf('projector'));
  return {
    ingest: rejectCrossSiteDeletions(ingest, { allowedOrigins, allowedHosts }),
    query: observe('query', createQueryHandler(settings, client, widget)),
    legacy: hasLegacyRoute
      ? observe('legacy', createLegacyHandler(settings, client, meterOf('legacy')))
      : undefined,
    projector: observation ? observeProjector(projector, observation.collector.put) : projector,
  };
};

const observeHttp = (
  name: 'ingest' | 'legacy' | 'query',
  handler: HttpHandler,
  { collector }: Observation,
): HttpHandler => observeApi(observeFunction(name, handler, collector.put), collector);
