/** Why a filter refuses a visit. Each filter can be switched off; the answer is 202 with the reason. */
export const FILTER_REASONS = ['bot', 'prefetch', 'opt-out'] as const;

export type FilterReason = (typeof FILTER_REASONS)[number];

/**
 * Every reason why a visit is not counted: a filter, a page whose origin may not count here, no hash
 * key, or an error. Answers, metrics and the API's description all follow from this list.
 */
export const REFUSAL_REASONS = [...FILTER_REASONS, 'origin', 'no-key', 'failure'] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];
