import type { RunningUndo } from '../../domain/counter.ts';
import { parseInstant } from '../../domain/utc-day.ts';
import { inParallel } from '../../runtime/in-parallel.ts';
import type { RetractedSession } from '../../tables/retract-session.ts';
import type { ScannedSession } from '../../tables/scan-sessions.ts';

export interface RetractRowsDependencies {
  /** All rows of the counter. */
  readonly scan: () => AsyncIterable<readonly ScannedSession[]>;
  /** Takes a session back; whether its row was still there. */
  readonly retractSession: (session: RetractedSession) => Promise<boolean>;
  /** Throws if the retract is no longer running. */
  readonly assertRunning: () => Promise<void>;
}

/** How many sessions were taken back, and how many rows went by themselves before it. */
export interface RetractedRows {
  readonly retracted: number;
  readonly gone: number;
}

const AT_ONCE = 16;
const ROWS_PER_CHECK = 200;

/**
 * Takes back all sessions of the interval of a retract, in one scan, which sees each row that was written before it
 * began. Throws what its dependencies throw.
 */
export const retractRows = async (
  { scan, retractSession, assertRunning }: RetractRowsDependencies,
  retract: RunningUndo,
): Promise<RetractedRows> => {
  const sums = { retracted: 0, gone: 0 };
  for await (const page of scan()) {
    const sessions = sessionsIn(page, retract);
    for (let start = 0; start < sessions.length; start += ROWS_PER_CHECK) {
      await assertRunning();
      const some = sessions.slice(start, start + ROWS_PER_CHECK);
      const done = await inParallel(some, AT_ONCE, retractSession);
      for (const isRetracted of done) sums[isRetracted ? 'retracted' : 'gone'] += 1;
    }
  }
  return sums;
};

const sessionsIn = (
  page: readonly ScannedSession[],
  { from, to, at }: RunningUndo,
): RetractedSession[] => {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  return page.flatMap(({ hash, firstAccessed }) => {
    const firstMs = parseInstant(firstAccessed);
    if (firstAccessed === undefined || firstMs === undefined) return [];
    return firstMs >= fromMs && firstMs < toMs ? [{ hash, firstAccessed, at }] : [];
  });
};
