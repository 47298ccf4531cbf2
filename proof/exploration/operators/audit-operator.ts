import { createAudit, type FinishedAudit } from '../../../src/audit/audit.ts';
import type { Log } from '../../../src/runtime/log.ts';
import { countRows } from '../../../src/tables/count-rows.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { createOperator } from '../world/operator-call.ts';
import { COUNTS_TABLE_NAME, SESSIONS_TABLE_NAME } from '../world/table-names.ts';
import { rowError } from '../world/truth.ts';
import type { Operator } from '../world/world-plan.ts';
import { START_MS } from '../worlds/plain.ts';
import { comparedOf } from './compared.ts';

const SILENT: Log = { warn: () => undefined, error: () => undefined };
// The Lambda timeout, less the time kept for its metric and its write.
const AUDIT_MS = 890_000;

const audit = createOperator([
  ({ client, sleep, notes }) => {
    let readings = 0;
    let forget = (): void => undefined;
    return createAudit({
      readCounter: () => {
        // It compares the rows with its last reading only, and knows the number of readings.
        forget();
        readings += 1;
        notes.add(`reading ${readings}`);
        return notes.keeping(() => readCounter(client, COUNTS_TABLE_NAME), comparedOf);
      },
      countRows: async (cutoffMs) => {
        const read = () => countRows(client, SESSIONS_TABLE_NAME, cutoffMs);
        const rows = await notes.keeping(read, (all) => all);
        forget = notes.bookmark();
        return rows;
      },
      ...{ now: Date.now, sleep, log: SILENT },
    })(AUDIT_MS);
  },
]);

// Whatever happened before this is counted when it begins to read.
const SETTLE_MS = 60_000;

/**
 * An audit that starts at once. The drift it reports must be correct within its stated uncertainty, which
 * must be 0 except for changes made while it read.
 */
export const auditOperator: Operator = {
  ...{ name: 'The audit', program: audit },
  judge: (end, { errors, stream }) => {
    if ('error' in end) return `The audit fails: ${end.error}`;
    const { missing, surplus, uncertainty } = end.value as FinishedAudit;
    const moved = stream.flat().filter(({ writtenMs }) => writtenMs >= START_MS + SETTLE_MS).length;
    if (uncertainty > moved) return `The uncertainty is ${uncertainty}, above the allowed ${moved}`;
    const truth = -rowError(errors);
    const isTold = Math.abs(missing - surplus - truth) <= uncertainty;
    const isFalseAlarm = truth === 0 && missing + surplus > 0;
    if (isTold && !isFalseAlarm) return undefined;
    return `The audit reports ${missing} missing and ${surplus} surplus, ± ${uncertainty}; actual: ${truth}`;
  },
};
