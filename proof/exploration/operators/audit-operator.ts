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
// As long as the function may run, less what it keeps for its metric and its write.
const AUDIT_MS = 890_000;

const audit = createOperator([
  ({ client, sleep, notes }) => {
    let readings = 0;
    let forget = (): void => undefined;
    return createAudit({
      readCounter: () => {
        // It compares the rows with the last reading alone, and knows how many there were.
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

// What happened until then is counted when it begins to read.
const SETTLE_MS = 60_000;

/**
 * An audit that begins at once. What it tells of the drift is so, within the uncertainty that it
 * states, and it states none but for what happened while it read.
 */
export const auditOperator: Operator = {
  ...{ name: 'The audit', program: audit },
  judge: (end, { errors, stream }) => {
    if ('error' in end) return `The audit fails: ${end.error}`;
    const { missing, surplus, uncertainty } = end.value as FinishedAudit;
    const moved = stream.flat().filter(({ writtenMs }) => writtenMs >= START_MS + SETTLE_MS).length;
    if (uncertainty > moved) return `The uncertainty is ${uncertainty}, not up to ${moved}`;
    const truth = -rowError(errors);
    const isTold = Math.abs(missing - surplus - truth) <= uncertainty;
    const isFalseAlarm = truth === 0 && missing + surplus > 0;
    if (isTold && !isFalseAlarm) return undefined;
    return `The audit tells ${missing} missing and ${surplus} too many, ± ${uncertainty}, but it is ${truth}`;
  },
};
