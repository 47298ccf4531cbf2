import type { ByCounter } from '../domain/by-counter.ts';
import type { Counter } from '../domain/counter.ts';
import { wasRetracted } from '../domain/retract.ts';
import { AuditError } from './audit-error.ts';
import { ofCounter } from './of-counter.ts';

/** Throws an AuditError that says what to do if a retract is running in one of these counters, or was killed. */
export const assertNoRetract = (counters: ByCounter<Counter>): void => {
  for (const [counter, { retract }] of counters) {
    if (retract === undefined) continue;
    const { from, to } = retract;
    throw new AuditError(
      `A retract${ofCounter(counter)} from ${from} to ${to} is running, or was killed. Wait until it has ended, run ` +
        'it again, or give it up with retract --abort; then run this command again',
    );
  }
};

/** Throws an AuditError if a retract began in one of these counters between the two readings. */
export const assertNoneBegan = (before: ByCounter<Counter>, after: ByCounter<Counter>): void => {
  for (const [counter, is] of after) {
    const was = before.get(counter);
    if (was === undefined || !wasRetracted(was, is)) continue;
    throw new AuditError(
      `A retract${ofCounter(counter)} began while the rows were read, so they cannot be compared. Run this ` +
        'command again when it has ended',
    );
  }
};
