import type { Log } from '../../runtime/log.ts';
import type { TableNames } from '../database.ts';
import type { Collector } from './collector.ts';
import type { History } from './history/history.ts';
import { type OpenCloudWatch, openCloudWatch } from './open-cloudwatch.ts';

/** Loads the JSON that `infra/observed/main.ts` prints; gives up when the signal aborts. */
export type LoadTemplate = (signal: AbortSignal) => Promise<string>;

export interface EvaluationOptions {
  readonly tables: TableNames;
  readonly loadTemplate: LoadTemplate;
  /** Undefined keeps everything in memory. */
  readonly history: History | undefined;
  readonly log: Log;
}

/** CloudWatch, which begins when the template is loaded. */
export interface Evaluation {
  /** Loads the template, once. Never rejects. */
  readonly load: () => Promise<void>;
  /** Undefined before the template is loaded; an Error if that failed. */
  readonly opened: () => OpenCloudWatch | Error | undefined;
  /** Evaluates the alarms and keeps the history, if the template is loaded. Logs what fails; never throws. */
  readonly evaluate: (now: number) => void;
  readonly stop: () => void;
}

/** An evaluation of what the collector collects. */
export const createEvaluation = (options: EvaluationOptions, collector: Collector): Evaluation => {
  const { history, log } = options;
  const abort = new AbortController();
  let opened: OpenCloudWatch | Error | undefined;
  let loading: Promise<void> | undefined;
  return {
    load: () => {
      loading ??= open(options, collector, abort.signal).then((result) => {
        opened = result;
      });
      return loading;
    },
    opened: () => opened,
    evaluate: (now) => {
      if (opened && !(opened instanceof Error)) evaluate(opened, now, history, log);
    },
    stop: () => abort.abort(),
  };
};

const open = async (
  { tables, loadTemplate, history, log }: EvaluationOptions,
  collector: Collector,
  signal: AbortSignal,
): Promise<OpenCloudWatch | Error | undefined> => {
  try {
    const opened = openCloudWatch(await loadTemplate(signal), tables, history?.earlier);
    if (!signal.aborted) collector.connect(opened.cloudWatch, opened.observed);
    return opened;
  } catch (error) {
    if (signal.aborted) return undefined;
    collector.close();
    log.warn('The dashboard is unavailable', { reason: (error as Error).message });
    return error as Error;
  }
};

const evaluate = (
  { cloudWatch }: OpenCloudWatch,
  now: number,
  history: History | undefined,
  log: Log,
): void => {
  try {
    const changes = cloudWatch.tick(now);
    history?.keep(cloudWatch, changes);
  } catch (error) {
    log.error('The alarms could not be evaluated, or the history not be kept', error as Error);
  }
};
