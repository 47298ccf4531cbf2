import type { WorldPlan } from '../world/world-plan.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** When every world begins: a quarter of a day before midnight. */
export const START_MS = Date.parse('2026-11-23T18:00:00.000Z');

/** The defaults of most worlds. */
export const PLAIN = {
  ...{
    containers: 2,
    maxDelayedRequests: 0,
    clocks: [START_MS],
    externalEvents: [],
    redeliveryMs: 2 * DAY_MS,
  },
  ...{ hasSourcePosition: false, leaps: undefined, lagMs: Number.POSITIVE_INFINITY },
  ...{ isEager: true, discardsContainers: false },
  ...{
    operators: [],
    isCountedAtStart: false,
    injectedDrift: {},
    faults: 'all',
    giveUps: 0,
    isSmall: false,
  },
} satisfies Partial<WorldPlan>;
