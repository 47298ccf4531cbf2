import type { ByCounter } from '../domain/by-counter.ts';
import type { Counter } from '../domain/counter.ts';
import { commandOf, hasUndone } from '../domain/undo.ts';
import { AuditError } from './audit-error.ts';
import { forCounter } from './for-counter.ts';
import { ofCounter } from './of-counter.ts';

/** Throws an AuditError that says what to do if a retract or a restore of one of these counters is running, or was killed. */
export const assertNoUndo = (counters: ByCounter<Counter>): void => {
  for (const [counter, { undo }] of counters) {
    if (undo === undefined) continue;
    const { from, to } = undo;
    const command = commandOf(undo.kind);
    throw new AuditError(
      `A ${command}${ofCounter(counter)} from ${from} to ${to} is running, or was killed. Wait until it has ended, run ` +
        `it again, or give it up with ${command} --abort${forCounter(counter)}; then run this command again`,
    );
  }
};

/** Throws an AuditError if a retract or a restore began in one of these counters between the two readings. */
export const assertNoneBegan = (before: ByCounter<Counter>, after: ByCounter<Counter>): void => {
  for (const [counter, is] of after) {
    const was = before.get(counter);
    if (was === undefined || !hasUndone(was, is)) continue;
    throw new AuditError(
      `A retract or a restore${ofCounter(counter)} began while the rows were read, so they cannot be compared. Run this ` +
        'command again when it has ended',
    );
  }
};
