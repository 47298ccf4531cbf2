/** Why a filter refuses a visit. Each filter can be disabled; the response is 202 with the reason. */
export const FILTER_REASONS = ['bot', 'automation', 'prefetch', 'opt-out'] as const;

export type FilterReason = (typeof FILTER_REASONS)[number];

/**
 * Why a counter does not take a visit: the deployment does not admit its name, or its patterns have admitted as many
 * names as they may.
 */
export const COUNTER_REASONS = ['unknown-counter', 'too-many-counters'] as const;

export type CounterReason = (typeof COUNTER_REASONS)[number];

/**
 * Every reason why a visit is not counted: a filter, an origin that is not allowed, a missing hash key, an error,
 * too many new sessions from its address (`rate`), or its counter. Responses, metrics and the API description are
 * derived from this list.
 */
export const REFUSAL_REASONS = [
  ...FILTER_REASONS,
  'origin',
  'no-key',
  'failure',
  'rate',
  ...COUNTER_REASONS,
] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];
