/** What a whole-number setting may be, both limits included. */
export interface IntegerRange {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

// These values are part of the table in definitions.ts. They have a file of their own because the
// bundles of the functions need them, and nothing else of the table.

/** The whole-number settings. */
export const INTEGER_RANGES = {
  // At most a day, which is the shortest retention: a row must not expire while it is active.
  ACTIVE_WINDOW_MINUTES: { default: 60, min: 1, max: 1_440 },
  ACTIVE_SHARDS: { default: 1, min: 1, max: 64 },
  ACTIVE_READ_UNITS_PER_SECOND: { default: 1, min: 1, max: 1_000_000 },
  AUDIT_WITHIN_HOURS: { default: 0, min: 0, max: 8_760 },
  BATCHING_WINDOW_SECONDS: { default: 1, min: 0, max: 300 },
  NEW_SESSIONS_PER_HOUR: { default: 30, min: 0, max: 1_000_000 },
  TOUCH_INTERVAL_SECONDS: { default: 0, min: 0, max: 3_600 },
  MAX_COUNTERS: { default: 1_000, min: 1, max: 100_000 },
  RETENTION_DAYS: { default: 395, min: 0, max: 3_650 },
} as const satisfies Record<string, IntegerRange>;

/**
 * The longest list of counters, in characters with its commas: half of what the environment of a function holds.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const COUNTERS_MAX_LENGTH = 2_048;

/** The most counters that can be watched: each has metrics of its own, which cost money. */
export const WATCHED_MAX = 10;

/** How sessions can be hashed, the default first. */
export const HASH_SCHEMES = ['hmac-sha256', 'sha256'] as const;

/** How often a digest is sent. */
export const DIGEST_RHYTHMS = ['weekly', 'monthly'] as const;

export type DigestRhythm = (typeof DIGEST_RHYTHMS)[number];

/** The shortest accepted hash key, in characters: 32 random ones cannot be guessed. */
export const HASH_KEY_MIN_LENGTH = 32;

/**
 * What an edge secret may be: 32 random characters cannot be guessed. Without commas, because API Gateway joins the
 * values of a repeated header by commas; without spaces, because HTTP removes them at both ends.
 */
export const EDGE_SECRET = /^[!-+\--~]{32,1024}$/;

/** The same in words, for messages and documentation. */
export const EDGE_SECRET_RULE = '32 to 1024 visible ASCII characters without commas';

/** The names that a counter may have in its metrics. */
export const COUNTER_NAME = /^[\w-]{1,64}$/;
