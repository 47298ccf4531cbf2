import { auditCutoff } from '../domain/audit.ts';
import { type ByCounter, mapCounters } from '../domain/by-counter.ts';
import type { Counter } from '../domain/counter.ts';
import {
  AUDITED_DAYS,
  compareRows,
  type RowDrift,
  sumDifferences,
  sumDrifts,
} from '../domain/row-comparison.ts';
import type { RowCounts } from '../domain/row-counts.ts';
import type { Log } from '../runtime/log.ts';
import { type Comparison, hasDrift, withExplanations } from './drift-explanation.ts';
import { OutOfTimeError } from './out-of-time-error.ts';
import { eachReading } from './read-rows.ts';

export interface AuditDependencies {
  readonly readCounters: () => Promise<ByCounter<Counter>>;
  /** Counts the rows of each counter before and after a cutoff (epoch milliseconds); stops when `signal` aborts. */
  readonly countRows: (cutoffMs: number, signal: AbortSignal) => Promise<ByCounter<RowCounts>>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly log: Log;
  /** How long the event source may hold records back, milliseconds. */
  readonly batchingWindowMs: number;
}

/** What an audit found, summed over all counters, and how long it waited for a drift to disappear. */
export interface FinishedAudit extends RowDrift {
  readonly counters: ByCounter<RowDrift>;
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
 * Compares the rows of each counter with the counter, day by day, during concurrent visits and within `timeMs`.
 * All rows are scanned once. A drift is only reported if it persists for ten minutes, or for the rest of the
 * time, because a deletion is visible in the rows before it reaches the counter. After the first comparison it
 * always returns a result, whatever fails. Throws an OutOfTimeError when it could not compare in time, and what
 * its dependencies throw.
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

/** Scanned rows, which can be compared with the counters repeatedly. */
interface ScannedRows {
  readonly compare: () => Promise<ByCounter<Comparison>>;
  /** So long after the end of the scan that differences between clocks do not matter; epoch milliseconds. */
  readonly settledMs: number;
}

const scanRows = async (
  signal: AbortSignal,
  endMs: number,
  { readCounters, countRows, now, sleep, batchingWindowMs }: AuditDependencies,
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
  const before = await within(readCounters());
  const rows = await within(countRows(cutoffMs, signal));
  const settledMs = now() + CLOCKS_MS;
  await settle();
  const compare = async (): Promise<ByCounter<Comparison>> => {
    const readings = { before, rows, after: await within(readCounters()) };
    const evidence = { cutoffMs, days: AUDITED_DAYS, countedAhead: 0 };
    return mapCounters(eachReading(readings), (reading) => ({
      counter: reading.after,
      drift: sumDifferences(compareRows({ ...evidence, ...reading })),
    }));
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
  for (; hasDrift(found) && pauses < MAX_READINGS && now() + PAUSE_MS < endMs; pauses += 1) {
    await sleep(PAUSE_MS);
    const next = await compare().catch((error) => {
      log.warn('The counters could not be read again', error);
      return found;
    });
    found = withExplanations(found, next, settledMs);
  }
  const counters = mapCounters(found, ({ drift }) => drift);
  return { ...sumDrifts(counters), counters, waitedSeconds: (pauses * PAUSE_MS) / 1_000 };
};
