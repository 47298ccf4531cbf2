import type { IntegerRange } from '../../src/settings/allowed-values.ts';

/**
 * The most requests to let through. API Gateway answers the rest with 429, on a best-effort basis.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export interface Throttle {
  /** Requests per second, on average. */
  readonly ratePerSecond: number;
  /** Requests at the same time. */
  readonly burst: number;
}

/**
 * What a throttle may be, at most the default quotas of an account.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const THROTTLE = {
  ratePerSecond: { default: 50, min: 1, max: 10_000 },
  burst: { default: 100, min: 1, max: 5_000 },
} as const satisfies Record<keyof Throttle, IntegerRange>;

/** The throttle of a counter whose owner does not choose one. */
export const DEFAULT_THROTTLE: Throttle = {
  ratePerSecond: THROTTLE.ratePerSecond.default,
  burst: THROTTLE.burst.default,
};
