import type { StreamRecord } from './state.ts';

/** How far a search goes. */
export interface Bounds {
  readonly name: string;
  /** The records that each shard gets at most, in order. */
  readonly shards: readonly (readonly PlannedRecord[])[];
  /** The last second. */
  readonly until: number;
  /** How many records leave the stream uncounted at most. */
  readonly losses: number;
  /** How many rebuilds begin at most. */
  readonly rebuilds: number;
  /** Whether a write may drop checkpoints of other shards. */
  readonly drops: boolean;
}

/** A record that is written some time. */
export interface PlannedRecord {
  readonly kind: StreamRecord['kind'];
  /** Whether its row is of the time before all. */
  readonly isOld?: boolean;
  /** Whether it does not tell when it was written, or tells an earlier second. */
  readonly time?: 'none' | 'early';
}

const insert: PlannedRecord = { kind: 'insert' };
const oldInsert: PlannedRecord = { kind: 'insert', isOld: true };
const untimed: PlannedRecord = { kind: 'insert', time: 'none' };
const early: PlannedRecord = { kind: 'insert', time: 'early' };
const remove: PlannedRecord = { kind: 'remove', isOld: true };
const other: PlannedRecord = { kind: 'other' };

const PLAIN = { losses: 0, rebuilds: 0, drops: true };

/** What is searched in seconds, at every `npm test`. */
export const SMALL_BOUNDS: readonly Bounds[] = [
  {
    ...{ name: 'a rebuild of one shard', until: 3, losses: 1, rebuilds: 1, drops: false },
    shards: [[insert, oldInsert, remove]],
  },
  {
    ...{ name: 'two rebuilds of one shard', until: 3, losses: 1, rebuilds: 2, drops: false },
    shards: [[insert, oldInsert]],
  },
  {
    ...{ name: 'two shards whose records tell odd times', until: 2, ...PLAIN },
    shards: [[untimed, insert, early], [insert]],
  },
  {
    ...{ name: 'three shards', until: 2, ...PLAIN },
    shards: [[insert, insert], [insert], [insert]],
  },
  {
    ...{ name: 'two shards of three records', until: 2, ...PLAIN },
    shards: [
      [insert, remove, insert],
      [insert, other, insert],
    ],
  },
];

/** What takes minutes: more records, seconds and rebuilds, and all at once. */
export const LARGE_BOUNDS: readonly Bounds[] = [
  {
    ...{ name: 'two shards of three records, three seconds', until: 3, ...PLAIN, losses: 1 },
    shards: [
      [insert, remove, insert],
      [insert, untimed, insert],
    ],
  },
  {
    ...{ name: 'three shards of five records, three seconds', until: 3, ...PLAIN },
    shards: [[insert, remove], [insert, insert], [insert]],
  },
  {
    ...{ name: 'two rebuilds of two shards', until: 3, losses: 2, rebuilds: 2, drops: true },
    shards: [
      [insert, remove],
      [oldInsert, insert],
    ],
  },
];
