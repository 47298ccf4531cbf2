/** Why a filter refuses a visit. Each filter can be disabled; the response is 202 with the reason. */
export const FILTER_REASONS = ['bot', 'prefetch', 'opt-out'] as const;

export type FilterReason = (typeof FILTER_REASONS)[number];

/**
 * Every reason why a visit is not counted: a filter, an origin that is not allowed, a missing hash key,
 * or an error. Responses, metrics and the API description are derived from this list.
 */
export const REFUSAL_REASONS = [...FILTER_REASONS, 'origin', 'no-key', 'failure'] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];
