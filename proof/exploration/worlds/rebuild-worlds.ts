import { rebuildOperator } from '../operators/rebuild-operator.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { deletedRow, importedRow, visit } from './happenings.ts';
import { oldRow } from './old-row.ts';
import { HOUR_MS, PLAIN, START_MS } from './plain.ts';

// Before the cutoff of a rebuild that begins at once, after it, after the margin, and after the time
// that lies between the two comparisons.
const CLOCKS = [0, 12, 24, 45, 170].map((second) => START_MS + second * 1000);
// Without visits it does not matter when they come.
const QUIET_CLOCKS = [0, 45, 170].map((second) => START_MS + second * 1000);

const REBUILD = {
  ...PLAIN,
  ...{
    clocks: CLOCKS,
    isCountedAtStart: true,
    containers: 1,
    faults: 'cold starts',
    isForgetful: true,
  },
  operators: [rebuildOperator('The rebuild')],
  shards: [[oldRow('row-1', 1n)], []],
} satisfies Partial<WorldPlan>;

// A session that was lost, as a wrong deletion of the stream's mapping would lose it.
const TOO_LOW = { total: -1, 'day#2026-11-22': -1 };
// A removal that was lost.
const TOO_FEW_REMOVED = { total: 1, 'day#2026-11-22': 1 };
// Somebody has added to the total, of no day.
const TOO_HIGH = { total: 2 };
// On a shard of its own, of which no container can know whether it is new.
const VISIT = visit({ shard: 1, row: 'row-2' }, CLOCKS);
const DELETION = deletedRow({ shard: 0, row: 'row-1' }, CLOCKS);

/** The worlds in which somebody rebuilds the counter. */
export const REBUILD_WORLDS: readonly WorldPlan[] = [
  {
    ...REBUILD,
    name: 'rebuild-deletion',
    clocks: QUIET_CLOCKS,
    title: 'a rebuild with a deletion and lost answers; a session was lost',
    isSmall: true,
    spoilt: TOO_LOW,
    happenings: [deletedRow({ shard: 0, row: 'row-1' }, QUIET_CLOCKS)],
  },
  {
    ...REBUILD,
    name: 'rebuild-import',
    clocks: QUIET_CLOCKS,
    title: 'a rebuild with an import, dated past its cutoff, and lost answers; a removal was lost',
    isSmall: true,
    spoilt: TOO_FEW_REMOVED,
    happenings: [importedRow({ shard: 0, row: 'row-2' }, START_MS + HOUR_MS, QUIET_CLOCKS)],
  },
  {
    ...REBUILD,
    name: 'rebuild-visit',
    title: 'a rebuild with a visit and lost answers; nothing was wrong',
    happenings: [VISIT],
  },
  {
    ...REBUILD,
    name: 'rebuild',
    title: 'a rebuild with a visit, a deletion and lost answers; the total was too high',
    spoilt: TOO_HIGH,
    happenings: [VISIT, DELETION],
  },
  {
    ...REBUILD,
    name: 'rebuild-late-container',
    isForgetful: false,
    title: 'a rebuild with a visit, 2 containers, of which one may be late',
    containers: 2,
    happenings: [VISIT],
  },
  {
    ...REBUILD,
    name: 'rebuild-again',
    title: 'a rebuild killed at any call, its request perhaps late, and begun again; a visit',
    zombies: 1,
    spoilt: TOO_LOW,
    operators: [
      rebuildOperator('The first rebuild'),
      rebuildOperator('The second rebuild', { after: 0, aheadMs: 1 }),
    ],
    happenings: [VISIT],
  },
  {
    ...REBUILD,
    name: 'two-rebuilds',
    clocks: QUIET_CLOCKS,
    title: 'two rebuilds at once; a session was lost',
    spoilt: TOO_LOW,
    operators: [rebuildOperator('A rebuild'), rebuildOperator('Another rebuild', { aheadMs: 1 })],
  },
  {
    ...REBUILD,
    name: 'twin-rebuilds',
    clocks: QUIET_CLOCKS,
    title: 'two rebuilds that begin in the same millisecond; a session was lost',
    spoilt: TOO_LOW,
    operators: [rebuildOperator('A rebuild'), rebuildOperator('Its twin')],
  },
];
