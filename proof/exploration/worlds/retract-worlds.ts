import type { PlannedRecord } from '../world/records.ts';
import { START_MS } from '../world/start-time.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { HOUR_MS, PLAIN } from './plain.ts';
import { datedOn, recordsOf } from './records-of.ts';

/** The records, all of the same row. */
const ofOneRow = ([first, ...rest]: readonly PlannedRecord[]): PlannedRecord[] =>
  first
    ? [first, ...rest.map((record) => ({ ...record, row: first.row, firstMs: first.firstMs }))]
    : [];

/** The worlds in which sessions are retracted and rows restored. */
export const RETRACT_WORLDS: readonly WorldPlan[] = [
  {
    ...PLAIN,
    name: 'retract',
    isSmall: true,
    title: 'a retracted row: 1 shard of 3 records, 2 containers',
    shards: [ofOneRow(recordsOf(0, ['insert', 'mark', 'retract']))],
  },
  {
    ...PLAIN,
    name: 'restore',
    isSmall: true,
    title: 'a restored row: 1 shard of 3 records, 2 containers',
    shards: [ofOneRow(recordsOf(0, ['insert', 'remove', 'restore']))],
  },
  {
    ...PLAIN,
    name: 'retract-and-restore',
    title: 'retracts and restores: 2 shards of 3 records, 2 containers',
    shards: [
      recordsOf(0, ['insert', 'retract', 'restore']),
      recordsOf(1, ['restore', 'remove', 'retract']),
    ],
  },
  {
    ...PLAIN,
    name: 'retract-late-requests',
    giveUps: 1,
    title:
      'a retract and a restore: 1 shard of 3 records, 2 containers, a delayed request, an SDK that gives up once',
    ...{ maxDelayedRequests: 1, hasSourcePosition: true },
    shards: [recordsOf(0, ['insert', 'retract', 'restore'])],
  },
  {
    ...PLAIN,
    name: 'retract-pruning',
    title: 'a retract and a restore within 26 hours: 2 shards, 4 records, pruning, 2 containers',
    clocks: [0, 26].map((hour) => START_MS + hour * HOUR_MS),
    shards: [
      datedOn(recordsOf(0, ['insert', 'insert', 'retract'], [0, 0, 26]), [0, 1, 1]),
      datedOn(recordsOf(1, ['restore'], [26]), [2]),
    ],
  },
  {
    ...PLAIN,
    name: 'retract-packing',
    title:
      'a retract and a restore of days that are packed: 2 shards, 4 records on 2 days, 2 containers',
    clocks: [6, 30].map((hour) => START_MS + hour * HOUR_MS),
    shards: [
      datedOn(recordsOf(0, ['insert', 'retract', 'insert'], [6, 30, 30]), [0, 0, 2]),
      datedOn(recordsOf(1, ['restore'], [6]), [0]),
    ],
  },
];
