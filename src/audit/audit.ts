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

// Ten minutes: a stream that is later than that has an alarm of its own.
const READINGS = 60;
const PAUSE_MS = 10_000;

/**
 * Compares the rows with the counter while visits go on. A drift must outlast ten minutes to be
 * told: deletions reach the counter only after they are seen in the rows.
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
    for (let reading = 1; audit.drift !== 0 && reading <= READINGS; reading += 1) {
      await sleep(PAUSE_MS);
      audit = await compare();
    }
    return audit;
  };
