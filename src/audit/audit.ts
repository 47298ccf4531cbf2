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
  /** Counts the rows before and after a cutoff (epoch milliseconds); stops when `signal` aborts. */
  readonly countRows: (cutoffMs: number, signal: AbortSignal) => Promise<RowCounts>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly log: Log;
  /** How long the event source may hold records back, milliseconds. */
  readonly batchingWindowMs: number;
}

/** What an audit found, and how long it waited for a drift to disappear. */
export interface FinishedAudit extends RowDrift {
  readonly waitedSeconds: number;
}

// A deletion that is not counted yet would hide a lost session of the same day. So everything before the
// scan must be in the first reading of the counter, and everything during the scan in the next: a healthy
// stream is this far behind, in addition to its batching window.
const SETTLE_MS = 60_000;
// Clocks differ by less.
const CLOCKS_MS = 60_000;
// Ten minutes in total: another alarm covers a stream that is further behind.
const MAX_READINGS = 60;
const PAUSE_MS = 10_000;

/**
 * Compares the rows with the counter, day by day, during concurrent visits and within `timeMs`. A drift is
 * only reported if it persists for ten minutes, or for the rest of the time, because a deletion is
 * visible in the rows before it reaches the counter. After the first comparison it always returns a
 * result, whatever fails. Throws an OutOfTimeError when it could not compare in time, and what its
 * dependencies throw.
 */
export const createAudit =
  (dependencies: AuditDependencies) =>
  async (timeMs: number): Promise<FinishedAudit> => {
    const endMs = dependencies.now() + timeMs;
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(new OutOfTimeError(timeMs)), timeMs);
    try {
      return await confirmDrift(
        await scanRows(end.signal, endMs, dependencies),
        endMs,
        dependencies,
      );
    } finally {
      clearTimeout(timer);
    }
  };

/** A reading of the counter, and the drift of the rows from it. */
interface Comparison {
  readonly counter: Counter;
  readonly drift: RowDrift;
}

/** Scanned rows, which can be compared with the counter repeatedly. */
interface ScannedRows {
  readonly compare: () => Promise<Comparison>;
  /** So long after the end of the scan that differences between clocks do not matter; epoch milliseconds. */
  readonly settledMs: number;
}

const scanRows = async (
  signal: AbortSignal,
  endMs: number,
  { readCounter, countRows, now, sleep, batchingWindowMs }: AuditDependencies,
): Promise<ScannedRows> => {
  // For work that a signal cannot interrupt, such as a request that the SDK is retrying.
  const timeout = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason)),
  );
  const within = <Value>(work: Promise<Value>) => Promise.race([work, timeout]);
  const settle = async (): Promise<void> => {
    const settleMs = SETTLE_MS + batchingWindowMs;
    if (now() + settleMs < endMs) await within(sleep(settleMs));
  };
  await settle();
  const cutoffMs = Date.parse(auditCutoff(now()));
  const before = await within(readCounter());
  const rows = await within(countRows(cutoffMs, signal));
  const settledMs = now() + CLOCKS_MS;
  await settle();
  const compare = async (): Promise<Comparison> => {
    const counter = await within(readCounter());
    const evidence = { ...{ cutoffMs, days: AUDITED_DAYS, countedAhead: 0 }, rows, before };
    return { counter, drift: sumDifferences(compareRows({ ...evidence, after: counter })) };
  };
  return { compare, settledMs };
};

/** Compares until there is no drift, or until it has persisted long enough. */
const confirmDrift = async (
  { compare, settledMs }: ScannedRows,
  endMs: number,
  { now, sleep, log }: AuditDependencies,
): Promise<FinishedAudit> => {
  let found = await compare();
  let pauses = 0;
  for (; hasDrift(found.drift) && pauses < MAX_READINGS && now() + PAUSE_MS < endMs; pauses += 1) {
    await sleep(PAUSE_MS);
    const next = await compare().catch((error) => {
      log.warn('The counter could not be read again', error);
      return found;
    });
    if (mayExplain(found.counter, next.counter, settledMs)) found = next;
  }
  return { ...found.drift, waitedSeconds: (pauses * PAUSE_MS) / 1_000 };
};

// What was counted between two readings may have happened before the end of the scan, so it may explain the
// drift. If every shard that moved was already past the scan, a newer reading only widens the range that hides
// a drift.
const mayExplain = (found: Counter, next: Counter, settledMs: number): boolean => {
  const moved = [...next.checkpoints]
    .map(([shard, { sequence }]) => ({ was: found.checkpoints.get(shard), sequence }))
    .filter(({ was, sequence }) => was?.sequence !== sequence);
  return moved.length === 0 || moved.some(({ was }) => (was?.at ?? 0) * 1_000 < settledMs);
};

const hasDrift = ({ missing, surplus }: RowDrift): boolean => missing + surplus > 0;
