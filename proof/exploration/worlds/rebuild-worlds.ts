import { rebuildOperator } from '../operators/rebuild-operator.ts';
import { START_MS } from '../world/start-time.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { deletedRow, importedRow, visit } from './external-events.ts';
import { oldRow } from './old-row.ts';
import { HOUR_MS, PLAIN } from './plain.ts';

// Before the cutoff of a rebuild that starts at once, after the cutoff, after the margin, and after the
// pause between the two comparisons.
const CLOCKS = [0, 12, 24, 45, 170].map((second) => START_MS + second * 1000);
// Without visits, their times do not matter.
const QUIET_CLOCKS = [0, 45, 170].map((second) => START_MS + second * 1000);

const REBUILD = {
  ...PLAIN,
  ...{
    clocks: CLOCKS,
    isCountedAtStart: true,
    containers: 1,
    faults: 'cold starts',
    discardsContainers: true,
  },
  operators: [rebuildOperator('The rebuild')],
  shards: [[oldRow('row-1', 1n)], []],
} satisfies Partial<WorldPlan>;

// A lost session, as when the stream's mapping is deleted by mistake.
const TOO_LOW = { total: -1, 'day#2026-11-22': -1, 'month#2026-11': -1 };
// A lost removal.
const TOO_FEW_REMOVED = { total: 1, 'day#2026-11-22': 1, 'month#2026-11': 1 };
// Somebody added to the total, but to no day.
const TOO_HIGH = { total: 2 };
// On a separate shard, of which no container can know whether it is new.
const VISIT = visit({ shard: 1, row: 'row-2' }, CLOCKS);
const DELETION = deletedRow({ shard: 0, row: 'row-1' }, CLOCKS);

/** The worlds in which the counter is rebuilt. */
export const REBUILD_WORLDS: readonly WorldPlan[] = [
  {
    ...REBUILD,
    name: 'rebuild-deletion',
    clocks: QUIET_CLOCKS,
    title: 'a rebuild with a deletion and lost replies; a session was lost',
    isSmall: true,
    injectedDrift: TOO_LOW,
    externalEvents: [deletedRow({ shard: 0, row: 'row-1' }, QUIET_CLOCKS)],
  },
  {
    ...REBUILD,
    name: 'rebuild-import',
    clocks: QUIET_CLOCKS,
    title: 'a rebuild with an import, dated past its cutoff, and lost replies; a removal was lost',
    isSmall: true,
    injectedDrift: TOO_FEW_REMOVED,
    externalEvents: [importedRow({ shard: 0, row: 'row-2' }, START_MS + HOUR_MS, QUIET_CLOCKS)],
  },
  {
    ...REBUILD,
    name: 'rebuild-visit',
    title: 'a rebuild with a visit and lost replies; the counter was exact',
    externalEvents: [VISIT],
  },
  {
    ...REBUILD,
    name: 'rebuild',
    title: 'a rebuild with a visit, a deletion and lost replies; the total was too high',
    injectedDrift: TOO_HIGH,
    externalEvents: [VISIT, DELETION],
  },
  {
    ...REBUILD,
    name: 'rebuild-late-container',
    discardsContainers: false,
    title: 'a rebuild with a visit, 2 containers, one of them possibly late',
    containers: 2,
    externalEvents: [VISIT],
  },
  {
    ...REBUILD,
    name: 'rebuild-again',
    title: 'a rebuild killed at any call, its request possibly delayed, and started again; a visit',
    maxDelayedRequests: 1,
    injectedDrift: TOO_LOW,
    operators: [
      rebuildOperator('The first rebuild'),
      rebuildOperator('The second rebuild', { after: 0, aheadMs: 1 }),
    ],
    externalEvents: [VISIT],
  },
  {
    ...REBUILD,
    name: 'two-rebuilds',
    clocks: QUIET_CLOCKS,
    title: 'two rebuilds at once; a session was lost',
    injectedDrift: TOO_LOW,
    operators: [rebuildOperator('A rebuild'), rebuildOperator('Another rebuild', { aheadMs: 1 })],
  },
  {
    ...REBUILD,
    name: 'twin-rebuilds',
    clocks: QUIET_CLOCKS,
    title: 'two rebuilds that begin in the same millisecond; a session was lost',
    injectedDrift: TOO_LOW,
    operators: [rebuildOperator('A rebuild'), rebuildOperator('Its twin')],
  },
];
