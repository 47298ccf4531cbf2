import { auditOperator } from '../operators/audit-operator.ts';
import { START_MS } from '../world/start-time.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { deletedRow, importedRow, visit } from './external-events.ts';
import { oldRow } from './old-row.ts';
import { DAY_MS, PLAIN } from './plain.ts';

// An audit waits for a minute, reads the rows and waits for another minute; drift that it finds must then
// last ten more.
const CLOCKS = [0, 60, 120, 750].map((second) => START_MS + second * 1000);
const MINUTE_MS = 60_000;

const AUDIT = {
  ...PLAIN,
  ...{ clocks: CLOCKS, isCountedAtStart: true, faults: 'cold starts', discardsContainers: true },
  containers: 1,
  ...{ lagMs: MINUTE_MS - 1, operators: [auditOperator] },
  shards: [[oldRow('row-1', 1n), oldRow('row-2', 2n)], []],
} satisfies Partial<WorldPlan>;

// What happens after the rows are read and before the first comparison may as well happen later.
const BUSY_CLOCKS = CLOCKS.slice(0, -1);
const VISIT = visit({ shard: 1, row: 'row-3' }, BUSY_CLOCKS);
const IMPORT = importedRow({ shard: 1, row: 'row-4' }, START_MS - DAY_MS, BUSY_CLOCKS);
const DELETIONS = ['row-1', 'row-2'].map((row) => deletedRow({ shard: 0, row }, BUSY_CLOCKS));

/** The worlds with an audit and a projector that lags by less than a minute. */
export const AUDIT_WORLDS: readonly WorldPlan[] = [
  {
    ...AUDIT,
    name: 'audit',
    title: 'an audit with an import, a visit and two deletions',
    externalEvents: [IMPORT, VISIT, ...DELETIONS],
  },
  {
    ...AUDIT,
    name: 'audit-drift',
    title: 'an audit with a deletion; three sessions were lost',
    isSmall: true,
    injectedDrift: { total: -3, 'day#2026-11-22': -3, 'month#2026-11': -3 },
    externalEvents: DELETIONS.slice(0, 1),
  },
];
