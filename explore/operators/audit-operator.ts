import { createAudit } from '../../src/audit/audit.ts';
import type { Audit } from '../../src/domain/audit.ts';
import { countRowsBefore } from '../../src/tables/count-rows.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { COUNTER } from '../../src/tables/schema.ts';
import { createOperator } from '../world/operator-call.ts';
import { COUNTS_TABLE_NAME, SESSIONS_TABLE_NAME } from '../world/table-names.ts';
import type { Operator } from '../world/world-plan.ts';

const audit = createOperator([
  ({ client, sleep }) =>
    createAudit({
      readCounter: () => readCounter(client, COUNTS_TABLE_NAME),
      countRowsBefore: async (cut) => {
        const [rows = 0] = await countRowsBefore(client, SESSIONS_TABLE_NAME, [Date.parse(cut)]);
        return rows;
      },
      ...{ now: Date.now, sleep },
    })(),
]);

/** An audit. What it tells of the drift is so, within the uncertainty that it states. */
export const auditOperator: Operator = {
  ...{ name: 'the audit', program: audit },
  judge: (end, { errors }) => {
    if ('error' in end) return `The audit fails: ${end.error}`;
    const { drift, uncertainty } = end.value as Audit;
    const truth = -(errors.get(COUNTER.total) ?? 0);
    if (Math.abs(drift - truth) <= uncertainty) return undefined;
    return `The audit tells a drift of ${drift} ± ${uncertainty}, but it is ${truth}`;
  },
};
