import { auditCutoff } from '../domain/audit.ts';
import type { Counter } from '../domain/counter.ts';
import {
  AUDITED_DAYS,
  compareRows,
  type RowDrift,
  sumDifferences,
} from '../domain/row-comparison.ts';
import type { RowCounts } from '../domain/row-counts.ts';
import type { Log } from '../runtime/log.ts';
import { OutOfTimeError } from './out-of-time-error.ts';

export interface AuditDependencies {
  readonly readCounter: () => Promise<Counter>;
  /** Counts the rows, told apart by a cutoff (epoch milliseconds), and stops when `signal` says so. */
  readonly countRows: (cutoffMs: number, signal: AbortSignal) => Promise<RowCounts>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly log: Log;
}

/** What an audit found, and for how long it waited for a drift to go. */
export interface FinishedAudit extends RowDrift {
  readonly waitedSeconds: number;
}

// A deletion that is not counted yet would hide a session of its day that is lost: what happened before
// the rows are read must be in the first reading of the counter, and what happened meanwhile in the next.
const SETTLE_MS = 60_000;
// Ten minutes: a stream that is later than that has an alarm of its own.
const READINGS = 60;
const PAUSE_MS = 10_000;

/**
 * Compares the rows with the counter, day by day, while visits go on, within `timeMs`. A drift must
 * outlast ten minutes to be told, or what is left of the time: deletions reach the counter only
 * after they are seen in the rows. Once it has compared, it tells what it found, whatever fails then.
 * Throws an OutOfTimeError when it could not compare in time, and what its dependencies throw.
 */
export const createAudit =
  (dependencies: AuditDependencies) =>
  async (timeMs: number): Promise<FinishedAudit> => {
    const endMs = dependencies.now() + timeMs;
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(new OutOfTimeError(timeMs)), timeMs);
    try {
      return await outlast(await readRows(end.signal, endMs, dependencies), endMs, dependencies);
    } finally {
      clearTimeout(timer);
    }
  };

/** The counter as it was read, and how far the rows are from it. */
interface Reading {
  readonly counter: Counter;
  readonly drift: RowDrift;
}

/** Rows that were read, which can be compared with the counter again and again. */
interface ReadRows {
  readonly compare: () => Promise<Reading>;
  /** Long enough after the last row was read that clocks do not matter; epoch milliseconds. */
  readonly settledMs: number;
}

const readRows = async (
  signal: AbortSignal,
  endMs: number,
  { readCounter, countRows, now, sleep }: AuditDependencies,
): Promise<ReadRows> => {
  // Beside work that no signal can hurry, such as a request that is being tried again.
  const isOver = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason)),
  );
  const within = <Value>(work: Promise<Value>) => Promise.race([work, isOver]);
  const settle = async (): Promise<void> => {
    if (now() + SETTLE_MS < endMs) await within(sleep(SETTLE_MS));
  };
  await settle();
  const cutoffMs = Date.parse(auditCutoff(now()));
  const before = await within(readCounter());
  const rows = await within(countRows(cutoffMs, signal));
  const settledMs = now() + SETTLE_MS;
  await settle();
  const compare = async (): Promise<Reading> => {
    const counter = await within(readCounter());
    const evidence = { ...{ cutoffMs, days: AUDITED_DAYS, countedAhead: 0 }, rows, before };
    return { counter, drift: sumDifferences(compareRows({ ...evidence, after: counter })) };
  };
  return { compare, settledMs };
};

/** Compares until there is no drift, or until it has lasted for long enough. */
const outlast = async (
  { compare, settledMs }: ReadRows,
  endMs: number,
  { now, sleep, log }: AuditDependencies,
): Promise<FinishedAudit> => {
  let found = await compare();
  let pauses = 0;
  for (; hasDrift(found.drift) && pauses < READINGS && now() + PAUSE_MS < endMs; pauses += 1) {
    await sleep(PAUSE_MS);
    const next = await compare().catch((error) => {
      log.warn('The counter could not be read again', error);
      return found;
    });
    if (mayExplain(found.counter, next.counter, settledMs)) found = next;
  }
  return { ...found.drift, waitedSeconds: (pauses * PAUSE_MS) / 1_000 };
};

// What is counted since may have happened before the last row was read, unless all shards that moved were
// past that already: then it would only make the range wider in which a drift hides.
const mayExplain = (found: Counter, next: Counter, settledMs: number): boolean => {
  const moved = [...next.checkpoints]
    .map(([shard, { sequence }]) => ({ was: found.checkpoints.get(shard), sequence }))
    .filter(({ was, sequence }) => was?.sequence !== sequence);
  return moved.length === 0 || moved.some(({ was }) => (was?.at ?? 0) * 1_000 < settledMs);
};

const hasDrift = ({ missing, surplus }: RowDrift): boolean => missing + surplus > 0;
