import { createMeterTo, type OpenMeter } from '../../metrics/meter.ts';
import type { FunctionName } from '../../settings/function-name.ts';
import type { DashboardData } from '../dashboard/dashboard-data.ts';
import { type Collector, createCollector } from './collector.ts';
import { createEvaluation, type EvaluationOptions } from './evaluation.ts';
import { logGroupOf } from './local-names.ts';
import { createScheduler, type ScheduledFunction } from './schedules/scheduler.ts';
import { showDashboardData } from './show-dashboard-data.ts';

/** Observes the running functions as CloudWatch does, and calls those that EventBridge calls. */
export interface Observation {
  readonly collector: Collector;
  /** Opens meters whose lines are lines of the log group of a function. */
  readonly openMeterOf: (functionName: FunctionName) => OpenMeter;
  /** Sets the function that the schedules of the template call by this name. */
  readonly setScheduled: (functionName: FunctionName, run: ScheduledFunction) => void;
  /** Loads the template, once. Never rejects: `read` says what failed. */
  readonly load: () => Promise<void>;
  /**
   * Calls the functions that are due, evaluates the alarms, and keeps the history once a minute. To be called at least as
   * often. Resolves when the called functions have ended; never rejects. Does nothing before the template is loaded.
   */
  readonly step: (now: number) => Promise<void>;
  /** The dashboard now. The first call loads the template. Throws a CloudWatchError if it cannot be shown. */
  readonly read: (rangeMs?: number) => DashboardData;
  /** Keeps the history once more, and observes nothing from then on. */
  readonly stop: () => void;
}

/** An observation that begins to collect at once, and evaluates when `load` and `step` are called. */
export const createObservation = (options: EvaluationOptions): Observation => {
  const collector = createCollector(options.log);
  const evaluation = createEvaluation(options, collector);
  const { load, opened, evaluate } = evaluation;
  const scheduler = createScheduler(options.log);
  return {
    collector,
    openMeterOf: (functionName) =>
      createMeterTo((line) => collector.write(logGroupOf(functionName), line)),
    setScheduled: scheduler.setFunction,
    load,
    step: async (now) => {
      const open = opened();
      if (!open || open instanceof Error) return;
      const runs = scheduler.runDue(open.observed.schedules, now);
      evaluate(now);
      await runs;
    },
    read: (rangeMs) => {
      void load();
      const open = opened();
      if (!open) return STARTING;
      if (open instanceof Error) return { status: 'unavailable', message: open.message };
      return showDashboardData(open, Date.now(), rangeMs);
    },
    stop: () => {
      scheduler.stop();
      evaluation.stop(Date.now());
      collector.close();
    },
  };
};

const STARTING: DashboardData = {
  status: 'starting',
  message: 'The template of the dashboard is being synthesized; this takes a few seconds.',
};
