import type { Log } from '../../runtime/log.ts';
import { MINUTE_MS } from '../cloudwatch/metric.ts';
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
  /**
   * Evaluates the alarms, if the template is loaded, and keeps the history once a minute. Logs what fails; never throws.
   */
  readonly evaluate: (now: number) => void;
  /** Evaluates once more, and keeps the history whatever the time. */
  readonly stop: (now: number) => void;
}

/** An evaluation of what the collector collects. */
export const createEvaluation = (options: EvaluationOptions, collector: Collector): Evaluation => {
  const { history, log } = options;
  const abort = new AbortController();
  let opened: OpenCloudWatch | Error | undefined;
  let loading: Promise<void> | undefined;
  let keptMinute: number | undefined;
  const evaluate = (now: number): void => {
    const minute = Math.floor(now / MINUTE_MS);
    if (!opened || opened instanceof Error) return;
    // A minute changes each second while it lasts, and a full disk would fail as often.
    evaluateAndKeep(opened, now, minute === keptMinute ? undefined : history, log);
    keptMinute = minute;
  };
  return {
    load: () => {
      loading ??= open(options, collector, abort.signal).then((result) => {
        opened = result;
      });
      return loading;
    },
    opened: () => opened,
    evaluate,
    stop: (now) => {
      keptMinute = undefined;
      evaluate(now);
      abort.abort();
    },
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

const evaluateAndKeep = (
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
