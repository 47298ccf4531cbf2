import { START_MS } from '../world/start-time.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { HOUR_MS, PLAIN } from './plain.ts';
import { datedOn, recordsOf } from './records-of.ts';

// The second time is later than the horizon after which a checkpoint is dropped. The sessions begin on days that are
// not closed: the condition of a packing would hide what others prevent.
const PRUNING = { ...PLAIN, clocks: [0, 26].map((hour) => START_MS + hour * HOUR_MS) };

/** The worlds in which time passes, so that checkpoints are dropped and closed days packed. */
export const EXPIRY_WORLDS: readonly WorldPlan[] = [
  {
    ...PRUNING,
    name: 'pruning-open-shard',
    isSmall: true,
    title:
      'pruning: 2 shards, 3 records within 26 hours, one shard open all the time, 2 containers',
    shards: [
      datedOn(recordsOf(0, ['insert', 'insert'], [0, 26]), [0, 1]),
      datedOn(recordsOf(1, ['insert'], [26]), [2]),
    ],
  },
  {
    ...PRUNING,
    name: 'pruning-closed-shard',
    isSmall: true,
    title:
      'pruning: 2 shards, 3 records within 26 hours, one shard succeeded by the other, 2 containers',
    shards: [
      datedOn(recordsOf(0, ['insert', 'insert'], [0, 0]), [0, 1]),
      datedOn(recordsOf(1, ['insert'], [26]), [2]),
    ],
  },
  {
    ...PRUNING,
    name: 'pruning-two-shards',
    title: 'pruning: 2 shards, 4 records within 26 hours, 2 containers',
    shards: [
      datedOn(recordsOf(0, ['insert', 'insert', 'insert'], [0, 0, 26]), [0, 1, 2]),
      datedOn(recordsOf(1, ['insert'], [26]), [1]),
    ],
  },
  {
    ...PLAIN,
    name: 'pruning',
    title: 'pruning: 3 shards, 5 records within 62 hours, 2 containers',
    clocks: [0, 31, 62].map((hour) => START_MS + hour * HOUR_MS),
    shards: [
      recordsOf(0, ['insert', 'insert'], [0, 62]),
      recordsOf(1, ['insert', 'remove'], [0, 31]),
      recordsOf(2, ['insert'], [62]),
    ],
  },
  {
    ...PLAIN,
    name: 'packing-two-days',
    isSmall: true,
    title: 'packing: 2 shards, 3 records on 2 days, 2 containers',
    clocks: [6, 30].map((hour) => START_MS + hour * HOUR_MS),
    shards: [
      datedOn(recordsOf(0, ['insert', 'insert'], [6, 30]), [0, 2]),
      datedOn(recordsOf(1, ['insert'], [6]), [0]),
    ],
  },
  {
    ...PLAIN,
    name: 'packing-three-days',
    title: 'packing: 2 shards, 4 records on 3 days, 2 containers',
    // Midnights a day apart, so that days close but no checkpoint is dropped.
    clocks: [6, 30, 54].map((hour) => START_MS + hour * HOUR_MS),
    shards: [
      datedOn(recordsOf(0, ['insert', 'insert'], [6, 30]), [0, 2]),
      datedOn(recordsOf(1, ['insert', 'insert'], [6, 54]), [1, 3]),
    ],
  },
];
