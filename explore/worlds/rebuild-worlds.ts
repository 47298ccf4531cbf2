import { rebuildOperator } from '../operators/rebuild-operator.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { deletedRow, visit } from './happenings.ts';
import { oldRow } from './old-row.ts';
import { PLAIN, START_MS } from './plain.ts';

// Before the cut of a rebuild that begins at once, after it, and after the margin of any.
const CLOCKS = [0, 12, 90].map((second) => START_MS + second * 1000);

const REBUILD = {
  ...PLAIN,
  ...{ clocks: CLOCKS, areHours: false, isCountedAtStart: true, containers: 1, hasCrashes: false },
  operators: [rebuildOperator('rebuild')],
};

const TOO_HIGH = { total: 2 };
const VISIT = visit({ shard: 0, row: 'row-2' }, CLOCKS);
const DELETION = deletedRow({ shard: 0, row: 'row-1' }, CLOCKS);

/** The worlds in which somebody rebuilds the total. */
export const REBUILD_WORLDS: readonly WorldPlan[] = [
  {
    ...REBUILD,
    name: 'rebuild-deletion',
    title: 'a rebuild with a deletion and lost answers; the total was too high',
    isSmall: true,
    spoilt: TOO_HIGH,
    shards: [[oldRow('row-1', 1n)]],
    happenings: [DELETION],
  },
  {
    ...REBUILD,
    name: 'rebuild-visit',
    title: 'a rebuild with a visit and lost answers',
    isSmall: true,
    shards: [[oldRow('row-1', 1n)]],
    happenings: [VISIT],
  },
  {
    ...REBUILD,
    name: 'rebuild',
    title: 'a rebuild with a visit, a deletion and lost answers; the total was too high',
    spoilt: TOO_HIGH,
    shards: [[oldRow('row-1', 1n)]],
    happenings: [VISIT, DELETION],
  },
  {
    ...REBUILD,
    name: 'rebuild-late-container',
    title: 'a rebuild with a visit, 2 containers, of which one may be late',
    containers: 2,
    shards: [[oldRow('row-1', 1n)]],
    happenings: [VISIT],
  },
  {
    ...REBUILD,
    name: 'rebuild-again',
    title: 'a rebuild killed at any call, its request perhaps late, and begun again; a visit',
    zombies: 1,
    spoilt: TOO_HIGH,
    shards: [[oldRow('row-1', 1n)]],
    operators: [
      rebuildOperator('The first rebuild'),
      rebuildOperator('The second rebuild', { after: 0, aheadMs: 1 }),
    ],
    happenings: [VISIT],
  },
  {
    ...REBUILD,
    name: 'two-rebuilds',
    title: 'two rebuilds at once; the total was too high',
    spoilt: TOO_HIGH,
    shards: [[oldRow('row-1', 1n)]],
    operators: [rebuildOperator('A rebuild'), rebuildOperator('Another rebuild', { aheadMs: 1 })],
  },
  {
    ...REBUILD,
    name: 'two-rebuilds-visit',
    title: 'two rebuilds at once, and a visit; the total was too high',
    spoilt: TOO_HIGH,
    shards: [[oldRow('row-1', 1n)]],
    operators: [rebuildOperator('A rebuild'), rebuildOperator('Another rebuild', { aheadMs: 1 })],
    happenings: [VISIT],
  },
  {
    ...REBUILD,
    name: 'twin-rebuilds',
    title: 'two rebuilds that begin in the same millisecond; the total was too high',
    knownWrong: 'a cut is the name of its rebuild, and two of one moment have the same',
    isSmall: true,
    spoilt: TOO_HIGH,
    shards: [[oldRow('row-1', 1n)]],
    operators: [rebuildOperator('A rebuild'), rebuildOperator('Its twin')],
  },
];
