import { START_MS } from '../world/start-time.ts';
import type { WorldPlan } from '../world/world-plan.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

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
