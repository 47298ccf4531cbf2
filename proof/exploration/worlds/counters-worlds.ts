import type { PlannedRecord } from '../world/records.ts';
import type { WorldPlan } from '../world/world-plan.ts';
import { PLAIN } from './plain.ts';
import { recordsOf } from './records-of.ts';

/** The records, of rows of these counters; undefined for the site. */
const inCounters = (
  records: readonly PlannedRecord[],
  counters: readonly (string | undefined)[],
): PlannedRecord[] =>
  records.map((record, place) => {
    const counter = counters[place];
    return counter === undefined ? record : { ...record, counter };
  });

const SITE = undefined;

/** The worlds with the sessions of several counters in one batch. */
export const COUNTERS_WORLDS: readonly WorldPlan[] = [
  {
    ...PLAIN,
    name: 'two-counters',
    isSmall: true,
    title: '2 counters: 1 shard of 3 records, 2 containers',
    shards: [inCounters(recordsOf(0, ['insert', 'insert', 'remove']), [SITE, 'blog', 'blog'])],
  },
  {
    ...PLAIN,
    name: 'two-counters-late-requests',
    title: '2 counters: 1 shard of 3 records, 2 containers, 2 delayed requests',
    ...{ maxDelayedRequests: 2, hasSourcePosition: true },
    shards: [inCounters(recordsOf(0, ['insert', 'insert', 'insert']), [SITE, 'blog', SITE])],
  },
  {
    ...PLAIN,
    name: 'two-counters-give-ups',
    title: '2 counters: 1 shard of 3 records, 2 containers whose SDK gives up once',
    giveUps: 1,
    shards: [inCounters(recordsOf(0, ['insert', 'insert', 'remove']), [SITE, 'blog', SITE])],
  },
  {
    ...PLAIN,
    name: 'two-counters-two-shards',
    title: '2 counters: 2 shards of 2 records, 2 containers',
    shards: [
      inCounters(recordsOf(0, ['insert', 'insert']), [SITE, 'blog']),
      inCounters(recordsOf(1, ['insert', 'remove']), ['blog', SITE]),
    ],
  },
];
