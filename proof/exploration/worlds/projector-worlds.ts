import type { State } from '../world/state.ts';
import type { ExternalEvent, WorldPlan } from '../world/world-plan.ts';
import { PLAIN } from './plain.ts';
import { recordsOf } from './records-of.ts';

/** Somebody deletes the counter item in a quiescent state and has the stream read again. */
const deletion: ExternalEvent = {
  next: (progress, { isQuiet }) =>
    progress === 0 && isQuiet
      ? [{ progress: 1, description: 'The counter item is deleted', change: deleteItem }]
      : [],
};

const deleteItem = (state: State): void => {
  state.item = 0;
  for (const shard of state.shards) Object.assign(shard, { delivered: 0, covered: 0 });
};

// A single container that lives on, so it remembers everything that failed.
const LEAPS = {
  containers: 1,
  faults: 'requests',
  hasSourcePosition: true,
  giveUps: Number.POSITIVE_INFINITY,
} as const;

/** The worlds with the projector alone. */
export const PROJECTOR_WORLDS: readonly WorldPlan[] = [
  {
    ...PLAIN,
    name: 'two-shards',
    title: '2 shards of 3 records, 2 containers',
    shards: [
      recordsOf(0, ['insert', 'remove', 'insert']),
      recordsOf(1, ['insert', 'insert', 'modify']),
    ],
  },
  {
    ...PLAIN,
    name: 'three-containers',
    title: '2 shards of 2 records, 3 containers',
    containers: 3,
    shards: [recordsOf(0, ['insert', 'remove']), recordsOf(1, ['insert', 'insert'])],
  },
  {
    ...PLAIN,
    name: 'late-requests',
    giveUps: 1,
    title: '1 shard of 3 records, 2 containers, a delayed request, an SDK that gives up once',
    ...{ maxDelayedRequests: 1, hasSourcePosition: true },
    shards: [recordsOf(0, ['insert', 'remove', 'insert'])],
  },
  {
    ...PLAIN,
    name: 'give-ups',
    title: '1 shard of 3 records, 2 containers whose SDK gives up twice',
    giveUps: 2,
    shards: [recordsOf(0, ['insert', 'remove', 'insert'])],
  },
  {
    ...PLAIN,
    name: 'malformed-records',
    isSmall: true,
    title: '1 shard of 4 records, 2 of them malformed, 2 containers',
    shards: [recordsOf(0, ['modify', 'unreadable', 'unknown', 'insert'])],
  },
  {
    ...PLAIN,
    name: 'deleted-counter',
    isSmall: true,
    title: 'the counter item is deleted: 2 shards, 3 records, 2 containers',
    externalEvents: [deletion],
    shards: [recordsOf(0, ['insert', 'insert']), recordsOf(1, ['remove'])],
  },
  {
    ...PLAIN,
    name: 'leaps',
    isSmall: true,
    title: '1 shard of 3 records that fail and are redelivered in any order, 1 container, 5 leaps',
    ...{ ...LEAPS, leaps: 5 },
    shards: [recordsOf(0, ['insert', 'insert', 'remove'])],
  },
  {
    ...PLAIN,
    name: 'leaps-too-often',
    isSmall: true,
    title: '1 shard of 2 records that fail and are redelivered in any order, 1 container, 6 leaps',
    knownViolation: 'a container refuses a leap five times, then reports it and counts',
    ...{ ...LEAPS, leaps: 6 },
    shards: [recordsOf(0, ['insert', 'insert'])],
  },
  {
    ...PLAIN,
    name: 'leaps-elsewhere',
    isSmall: true,
    title: '1 shard of 2 records that fail and are redelivered in any order, 2 containers, a leap',
    knownViolation: 'a container does not know what failed in another one',
    ...{ leaps: 1, hasSourcePosition: true, giveUps: 1 },
    shards: [recordsOf(0, ['insert', 'insert'])],
  },
];
