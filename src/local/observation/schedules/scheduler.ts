import type { Log } from '../../../runtime/log.ts';
import { isSetBack } from '../../cloudwatch/is-set-back.ts';
import type { Schedule } from './read-schedules.ts';
import { isDue } from './schedule-expression.ts';

/** A function that schedules call. */
export type ScheduledFunction = () => Promise<unknown>;

export interface Scheduler {
  /** Sets the function that schedules call by this name. */
  readonly setFunction: (functionName: string, run: ScheduledFunction) => void;
  /**
   * Calls each function whose time has come since the last call, once, however many times it missed; the first call,
   * and one after the clock was set back, only sets the time. Resolves when they have ended; logs their errors and never rejects.
   */
  readonly runDue: (schedules: readonly Schedule[], now: number) => Promise<void>;
  /** Calls no function from then on, and logs no error: those that still run lose what they need. */
  readonly stop: () => void;
}

/** A scheduler without functions. It neither calls a function again after an error, nor waits for it. */
export const createScheduler = (log: Log): Scheduler => {
  const functions = new Map<string, ScheduledFunction>();
  let ranUntil: number | undefined;
  let isStopped = false;
  const run = async (functionName: string): Promise<void> => {
    try {
      await functions.get(functionName)?.();
    } catch (error) {
      if (!isStopped) log.error(`The scheduled run of ${functionName} failed`, error as Error);
    }
  };
  return {
    setFunction: (functionName, run) => void functions.set(functionName, run),
    runDue: async (schedules, now) => {
      if (isStopped) return;
      const from = ranUntil === undefined || isSetBack(now, ranUntil) ? now : ranUntil;
      ranUntil = Math.max(from, now);
      const due = schedules.filter(({ rhythm }) => isDue(rhythm, from, now));
      await Promise.all(due.map(({ functionName }) => run(functionName)));
    },
    stop: () => {
      isStopped = true;
    },
  };
};
