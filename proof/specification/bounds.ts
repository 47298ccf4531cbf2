import type { StreamRecord } from './state.ts';

/** The limits of a search. */
export interface Bounds {
  readonly name: string;
  /** The records each shard can receive, in order. */
  readonly shards: readonly (readonly PlannedRecord[])[];
  /** The last second. */
  readonly until: number;
  /** The maximum number of records that leave the stream uncounted. */
  readonly losses: number;
  /** The maximum number of rebuilds. */
  readonly rebuilds: number;
  /** Whether a write may drop checkpoints of other shards. */
  readonly drops: boolean;
}

/** A record to be written at some point. */
export interface PlannedRecord {
  readonly kind: StreamRecord['kind'];
  /** Whether its row was first visited before the search starts. */
  readonly isOld?: boolean;
  /** Whether it has no write time, or an earlier one than the record before. */
  readonly time?: 'none' | 'early';
}

const insert: PlannedRecord = { kind: 'insert' };
const oldInsert: PlannedRecord = { kind: 'insert', isOld: true };
const untimed: PlannedRecord = { kind: 'insert', time: 'none' };
const early: PlannedRecord = { kind: 'insert', time: 'early' };
const remove: PlannedRecord = { kind: 'remove', isOld: true };
const retract: PlannedRecord = { kind: 'retract' };
const oldRetract: PlannedRecord = { kind: 'retract', isOld: true };
const restore: PlannedRecord = { kind: 'restore', isOld: true };
const other: PlannedRecord = { kind: 'other' };

const PLAIN = { losses: 0, rebuilds: 0, drops: true };

/** Searched within seconds by every `npm test`. */
export const SMALL_BOUNDS: readonly Bounds[] = [
  {
    ...{ name: 'a rebuild of one shard', until: 3, losses: 1, rebuilds: 1, drops: false },
    shards: [[insert, oldInsert, remove]],
  },
  {
    ...{ name: 'a rebuild with retracts', until: 3, losses: 1, rebuilds: 1, drops: false },
    shards: [[oldRetract, retract, restore]],
  },
  {
    ...{ name: 'two rebuilds of one shard', until: 3, losses: 1, rebuilds: 2, drops: false },
    shards: [[insert, oldInsert]],
  },
  {
    ...{ name: 'two shards with missing and unordered times', until: 2, ...PLAIN },
    shards: [[untimed, insert, early], [insert]],
  },
  {
    ...{ name: 'three shards', until: 2, ...PLAIN },
    shards: [[insert, retract], [remove], [restore]],
  },
  {
    ...{ name: 'two shards of three records', until: 2, ...PLAIN },
    shards: [
      [insert, remove, retract],
      [restore, other, insert],
    ],
  },
];

/** Searches that take minutes: more records, seconds and rebuilds, and all combined. */
export const LARGE_BOUNDS: readonly Bounds[] = [
  {
    ...{ name: 'two shards of three records, three seconds', until: 3, ...PLAIN, losses: 1 },
    shards: [
      [insert, remove, retract],
      [restore, untimed, insert],
    ],
  },
  {
    ...{ name: 'three shards of five records, three seconds', until: 3, ...PLAIN },
    shards: [[insert, remove], [insert, retract], [restore]],
  },
  {
    ...{ name: 'two rebuilds of two shards', until: 3, losses: 2, rebuilds: 2, drops: true },
    shards: [
      [insert, remove],
      [oldInsert, insert],
    ],
  },
  {
    ...{ name: 'two rebuilds with retracts', until: 3, losses: 2, rebuilds: 2, drops: true },
    shards: [
      [insert, retract],
      [oldRetract, restore],
    ],
  },
];
