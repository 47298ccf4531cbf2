import { createAudit, type FinishedAudit } from '../../../src/audit/audit.ts';
import { SITE } from '../../../src/domain/counter-name.ts';
import type { Log } from '../../../src/runtime/log.ts';
import { countRows } from '../../../src/tables/count-rows.ts';
import { readCounter } from '../../../src/tables/read-counter.ts';
import { rowError } from '../world/counter-errors.ts';
import { createOperator } from '../world/operator-call.ts';
import { START_MS } from '../world/start-time.ts';
import { COUNTS_TABLE_NAME, SESSIONS_TABLE_NAME } from '../world/table-names.ts';
import type { Operator } from '../world/world-plan.ts';
import { comparedFields } from './compared-fields.ts';

const SILENT: Log = { warn: () => undefined, error: () => undefined };
// The Lambda timeout, less the time kept for its metric and its write.
const AUDIT_MS = 890_000;

const audit = createOperator([
  ({ client, sleep, memory }) => {
    let readings = 0;
    let forget = (): void => undefined;
    return createAudit({
      readCounters: async () => {
        // It compares the rows with its last reading only, and knows the number of readings.
        forget();
        readings += 1;
        memory.add(`reading ${readings}`);
        const read = () => readCounter(client, COUNTS_TABLE_NAME);
        return new Map([[SITE, await memory.rememberOnly(read, comparedFields)]]);
      },
      countRows: async (cutoffMs) => {
        const read = () => countRows(client, SESSIONS_TABLE_NAME, cutoffMs);
        const rows = await memory.rememberOnly(read, (all) => all);
        forget = memory.savepoint();
        return rows;
      },
      ...{ now: Date.now, sleep, log: SILENT, batchingWindowMs: 0 },
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
  check: (end, { errors, stream }) => {
    if ('error' in end) return `The audit fails: ${end.error}`;
    const { missing, surplus, uncertainty } = end.value as FinishedAudit;
    const moved = stream.flat().filter(({ writtenMs }) => writtenMs >= START_MS + SETTLE_MS).length;
    if (uncertainty > moved) return `The uncertainty is ${uncertainty}, above the allowed ${moved}`;
    const actual = -rowError(errors);
    const isReported = Math.abs(missing - surplus - actual) <= uncertainty;
    const isFalseAlarm = actual === 0 && missing + surplus > 0;
    if (isReported && !isFalseAlarm) return undefined;
    return `The audit reports ${missing} missing and ${surplus} surplus, ± ${uncertainty}; actual: ${actual}`;
  },
};
