import type { RunningUndo } from '../../domain/counter.ts';
import { parseInstant } from '../../domain/utc-day.ts';
import type { RetractedSession } from '../../tables/retract-session.ts';
import type { ScannedSession } from '../../tables/scan-sessions.ts';
import { type WhileRunning, whileRunning } from '../undo/while-running.ts';

export interface RetractRowsDependencies
  extends Pick<WhileRunning, 'assertRunning' | 'rowsPerCheck'> {
  /** All rows of the counter. */
  readonly scan: () => AsyncIterable<readonly ScannedSession[]>;
  /** Takes a session back; whether its row was still there. */
  readonly retractSession: (session: RetractedSession) => Promise<boolean>;
}

/** How many sessions were taken back, and how many rows went by themselves before it. */
export interface RetractedRows {
  readonly retracted: number;
  readonly gone: number;
}

const AT_ONCE = 16;

/**
 * Takes back all sessions of the interval of a retract, in one scan, which sees each row that was written before it
 * began. Throws what its dependencies throw.
 */
export const retractRows = async (
  { scan, retractSession, ...checks }: RetractRowsDependencies,
  retract: RunningUndo,
): Promise<RetractedRows> => {
  const sums = { retracted: 0, gone: 0 };
  for await (const page of scan()) {
    const sessions = sessionsIn(page, retract);
    const done = await whileRunning(sessions, { ...checks, atOnce: AT_ONCE }, retractSession);
    for (const isRetracted of done) sums[isRetracted ? 'retracted' : 'gone'] += 1;
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
