import { createLog } from '../../runtime/log.ts';
import type { Environment } from '../../settings/readers.ts';
import type { TableNames } from '../database.ts';
import type { StopList } from '../stop-list.ts';
import { type History, openHistory } from './history/history.ts';
import { createObservation, type Observation } from './observation.ts';
import { type ObservedSettings, observedSettings } from './observed-settings.ts';
import { startSteps } from './start-steps.ts';

export interface ObserveOptions {
  /** Returns what `infra/observed/main.ts` prints for these settings; gives up when the signal aborts. */
  readonly loadTemplate: (settings: ObservedSettings, signal: AbortSignal) => Promise<string>;
  /** Undefined keeps metrics and alarms in memory. */
  readonly historyFolder?: string | undefined;
  /** Loads and steps the observation; by default by the clock of this machine. */
  readonly drive?: (observation: Observation) => { readonly stop: () => void };
}

/** An observation, and the name of the deployment that its template is for. */
export interface RunningObservation extends Observation {
  readonly counterName: string;
}

export interface ObservedRun {
  readonly settings: Environment & TableNames;
  readonly hasLegacyRoute: boolean;
}

/** Opens the history and starts an observation. Throws a StartError or a SettingError. */
export const openObservation = async (
  { settings, hasLegacyRoute }: ObservedRun,
  { loadTemplate, historyFolder, drive = startSteps }: ObserveOptions,
  onStop: StopList['onStop'],
): Promise<RunningObservation> => {
  const observed = observedSettings(settings, hasLegacyRoute);
  const history = await openHistoryFolder(historyFolder, onStop);
  const observation = createObservation({
    ...{ tables: settings, history, log: createLog('observation') },
    loadTemplate: (signal) => loadTemplate(observed, signal),
  });
  onStop(observation.stop);
  onStop(drive(observation).stop);
  return { ...observation, counterName: observed.name };
};

const openHistoryFolder = async (
  folder: string | undefined,
  onStop: StopList['onStop'],
): Promise<History | undefined> => {
  const history = folder === undefined ? undefined : await openHistory(folder);
  if (history) onStop(history.release);
  return history;
};
