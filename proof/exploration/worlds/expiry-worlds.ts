import { START_MS } from '../world/start-time.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { HOUR_MS, PLAIN } from './plain.ts';
import { datedOn, recordsOf } from './records-of.ts';

/** The worlds in which time passes, so that checkpoints are dropped and closed days packed. */
export const EXPIRY_WORLDS: readonly WorldPlan[] = [
  {
    ...PLAIN,
    name: 'pruning-two-shards',
    isSmall: true,
    title: 'pruning: 2 shards, 4 records within 26 hours, 2 containers',
    clocks: [0, 26].map((hour) => START_MS + hour * HOUR_MS),
    // Not on closed days: the condition of a packing would hide what the others prevent.
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
