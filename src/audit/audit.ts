import { type Audit, auditCut, findDrift } from '../domain/audit.ts';
import type { Counter } from '../domain/counter.ts';
import type { UtcDay } from '../domain/utc-day.ts';
import type { Log } from '../log.ts';
import { OutOfTimeError } from './out-of-time-error.ts';

export interface AuditDependencies {
  readonly readCounter: () => Promise<Counter>;
  /** Counts the rows of first visits before a day, and stops when `signal` says so. */
  readonly countRowsBefore: (cut: UtcDay, signal: AbortSignal) => Promise<number>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly log: Log;
}

/** What an audit found, and for how long it waited for a drift to go. */
export interface FinishedAudit extends Audit {
  readonly waitedSeconds: number;
}

// Ten minutes: a stream that is later than that has an alarm of its own.
const READINGS = 60;
const PAUSE_MS = 10_000;

/**
 * Compares the rows with the counter while visits go on, within `timeMs`. A drift must outlast ten
 * minutes to be told, or what is left of the time: deletions reach the counter only after they are
 * seen in the rows. Once it has compared, it tells what it found, whatever fails then.
 * Throws an OutOfTimeError when it could not compare in time, and what its dependencies throw.
 */
export const createAudit = (dependencies: AuditDependencies) => {
  const { readCounter, countRowsBefore, now } = dependencies;
  return async (timeMs: number): Promise<FinishedAudit> => {
    const endMs = now() + timeMs;
    const signal = AbortSignal.timeout(timeMs);
    const timeIsUp = rejectOn(signal, new OutOfTimeError(timeMs));
    const within = <Value>(work: Promise<Value>) => Promise.race([work, timeIsUp]);

    const cut = auditCut(now());
    const before = await within(readCounter());
    const rows = await within(countRowsBefore(cut, signal));
    const compare = async (): Promise<Audit> =>
      findDrift({ cut, rows, before, after: await within(readCounter()) });
    return outlast(compare, endMs, dependencies);
  };
};

/** Compares until there is no drift, or until it has lasted for long enough. */
const outlast = async (
  compare: () => Promise<Audit>,
  endMs: number,
  { now, sleep, log }: AuditDependencies,
): Promise<FinishedAudit> => {
  let audit = await compare();
  let pauses = 0;
  for (; audit.drift !== 0 && pauses < READINGS && now() + PAUSE_MS < endMs; pauses += 1) {
    await sleep(PAUSE_MS);
    audit = await compare().catch((error) => {
      log.warn('The counter could not be read again', error);
      return audit;
    });
  }
  return { ...audit, waitedSeconds: (pauses * PAUSE_MS) / 1_000 };
};

// Beside work that no signal can hurry, such as a request that is being tried again.
const rejectOn = (signal: AbortSignal, error: Error): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(error)));
