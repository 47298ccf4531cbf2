/**
 * How far ahead of a clock the times of another may be and still be right, in milliseconds. AWS takes a
 * clock for right within these five minutes: it refuses a request that is signed with a time further
 * off, and only then does the SDK correct its own. Clocks on Lambda differ by far less. A time that is
 * further ahead was written by a clock that was wrong.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html
 */
export const CLOCK_SKEW_MS = 5 * 60_000;
