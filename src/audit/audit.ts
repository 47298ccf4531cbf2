import { type Audit, auditCut, findDrift } from '../domain/audit.ts';
import type { Counter } from '../domain/counter.ts';
import type { UtcDay } from '../domain/utc-day.ts';

export interface AuditDependencies {
  readonly readCounter: () => Promise<Counter>;
  /** Counts the rows of first visits before a day. */
  readonly countRowsBefore: (cut: UtcDay) => Promise<number>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

const PATIENCE = { readings: 6, pauseMs: 10_000 };

/**
 * Compares the rows with the counter while visits go on. A drift must outlast a minute to be told:
 * deletions while the rows were read reach the counter a little later than they are seen.
 * Throws what its dependencies throw.
 */
export const createAudit =
  ({ readCounter, countRowsBefore, now, sleep }: AuditDependencies) =>
  async (): Promise<Audit> => {
    const cut = auditCut(now());
    const before = await readCounter();
    const rows = await countRowsBefore(cut);
    const compare = async () => findDrift({ cut, rows, before, after: await readCounter() });
    let audit = await compare();
    for (let reading = 1; audit.drift !== 0 && reading < PATIENCE.readings; reading += 1) {
      await sleep(PATIENCE.pauseMs);
      audit = await compare();
    }
    return audit;
  };
