/**
 * The largest plausible difference between two clocks, in milliseconds. AWS tolerates five minutes: it
 * refuses a request signed with a time further off, and only then does the SDK correct its clock. Clocks
 * on Lambda differ by far less, so a time further ahead was written by a wrong clock.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html
 */
export const CLOCK_SKEW_MS = 5 * 60_000;
