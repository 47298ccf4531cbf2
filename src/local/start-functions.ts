import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { LIMITS } from '../runtime/aws-client.ts';
import { createDocumentClient } from '../tables/document-client.ts';
import {
  type CounterFunctions,
  type CounterFunctionsOptions,
  createCounterFunctions,
} from './counter-functions.ts';
import { type Database, localConnection } from './database.ts';
import type { MappingTiming } from './event-source/mapping-timing.ts';
import {
  type SwitchableMapping,
  startSwitchableMapping,
} from './event-source/switchable-mapping.ts';
import type { FunctionSettings } from './function-settings.ts';
import { observeTables } from './observation/adapters/observe-tables.ts';
import type { RunningObservation } from './observation/open-observation.ts';
import { startProjection } from './projection.ts';
import { addScheduledFunctions, type ScheduledOptions } from './scheduled-functions.ts';
import type { StopList } from './stop-list.ts';

export interface StartFunctionsOptions extends Omit<CounterFunctionsOptions, 'observation'> {
  readonly observation: RunningObservation | undefined;
  readonly timing: MappingTiming | undefined;
  readonly sleep: ScheduledOptions['sleep'];
}

/** The functions of a counter, called by their event source and, with an observation, by their schedules. */
export interface StartedFunctions extends CounterFunctions {
  readonly eventSource: SwitchableMapping;
}

/**
 * Starts the functions. With an observation they have the name of its deployment, and a client of their own, so that
 * only their requests are measured. Throws a SettingError.
 */
export const startFunctions = (
  given: FunctionSettings,
  database: Database & { readonly endpoint: string },
  { timing, sleep, ...options }: StartFunctionsOptions,
  onStop: StopList['onStop'],
): StartedFunctions => {
  const { observation } = options;
  const settings = observation ? { ...given, COUNTER_NAME: observation.counterName } : given;
  const client = observation ? openObserved(database.endpoint, observation) : database.client;
  const functions = createCounterFunctions(settings, client, options);
  const eventSource = startSwitchableMapping(() =>
    startProjection(given, database, { timing, handler: functions.projector }),
  );
  onStop(eventSource.disable);
  if (observation) {
    const readMappingState = eventSource.state;
    const scheduled = { observation, readMappingState, sleep };
    onStop(addScheduledFunctions(settings, client, scheduled).stop);
    // Before the mapping is disabled, which would be observed.
    onStop(observation.stop);
  }
  return { ...functions, eventSource };
};

const openObserved = (
  endpoint: string,
  { collector }: RunningObservation,
): DynamoDBDocumentClient => {
  const client = createDocumentClient(localConnection(endpoint), LIMITS.tablesOutsideLambda);
  observeTables(client, collector.put);
  return client;
};
