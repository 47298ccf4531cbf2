import { auditOperator } from '../operators/audit-operator.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { deletedRow, importedRow, visit } from './happenings.ts';
import { oldRow } from './old-row.ts';
import { DAY_MS, PLAIN, START_MS } from './plain.ts';

// An audit waits for ten minutes when it finds a drift; after them everything is counted.
const CLOCKS = [0, 700].map((second) => START_MS + second * 1000);

const AUDIT = {
  ...PLAIN,
  ...{ clocks: CLOCKS, areHours: false, isCountedAtStart: true, hasCrashes: false, containers: 1 },
  operators: [auditOperator],
};

const DELETIONS = ['row-1', 'row-2'].map((row) => deletedRow({ shard: 0, row }, CLOCKS));

/** The worlds in which an audit runs. */
export const AUDIT_WORLDS: readonly WorldPlan[] = [
  {
    ...AUDIT,
    name: 'audit',
    title: 'an audit with a visit and two deletions; the total was too low',
    spoilt: { total: -3 },
    shards: [[oldRow('row-1', 1n), oldRow('row-2', 2n)]],
    happenings: [visit({ shard: 0, row: 'row-3' }, CLOCKS), ...DELETIONS],
  },
  {
    ...AUDIT,
    name: 'audit-import',
    title: 'an audit with an import and two deletions',
    knownWrong: 'a row that is imported while an audit reads the rows is taken for a drift',
    isSmall: true,
    shards: [[oldRow('row-1', 1n), oldRow('row-2', 2n)]],
    happenings: [importedRow({ shard: 0, row: 'row-3' }, START_MS - DAY_MS, CLOCKS), ...DELETIONS],
  },
];
