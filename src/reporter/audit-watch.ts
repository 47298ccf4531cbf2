import type { Counter } from '../domain/counter.ts';

const HOUR_MS = 3_600_000;

/** Whether an audit is overdue at `nowMs`, epoch milliseconds. Throws when that cannot be read. */
export type AuditWatch = (counter: Counter, nowMs: number) => Promise<boolean>;

/**
 * Watches that an audit succeeds every `withinHours`: a failed one leaves the result of the one before.
 * It reads that result only when the one it knows is too old, so rarely. A counter that was never audited
 * is overdue once it has counted for that long.
 */
export const createAuditWatch = (
  readAudit: () => Promise<{ readonly at: string } | undefined>,
  withinHours: number,
): AuditWatch => {
  let knownMs = Number.NEGATIVE_INFINITY;
  return async (counter, nowMs) => {
    const latestMs = nowMs - withinHours * HOUR_MS;
    if (knownMs >= latestMs) return false;
    const audit = await readAudit();
    if (audit === undefined) return countsSince(counter) < latestMs;
    knownMs = Date.parse(audit.at);
    // A time that cannot be read must not silence the alarm.
    return !(knownMs >= latestMs);
  };
};

/**
 * Since when the counter counts, in epoch milliseconds, as far as its positions in the stream show: a
 * dropped checkpoint is more than a day old. DynamoDB dated them, so imported sessions do not matter.
 */
const countsSince = ({ checkpoints, watermark }: Counter): number => {
  if (watermark > 0) return 0;
  const times = [...checkpoints.values()].map(({ at }) => at).filter((at) => at > 0);
  return Math.min(...times) * 1_000;
};
