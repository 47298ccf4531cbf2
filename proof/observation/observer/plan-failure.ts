import { createHash } from 'node:crypto';

/**
 * How an invocation fails on purpose: immediately, after some seconds, or by running until Lambda ends
 * it, as a crash would.
 */
export const FAILURES = ['throw', 'pause', 'hang'] as const;

export type Failure = (typeof FAILURES)[number];

/** Which batches fail, and how long. */
export interface FailureRules {
  /** One batch in this many fails, selected by a hash. */
  readonly every: number;
  /** A batch fails until its first record is this old, milliseconds. */
  readonly failingMs: number;
  /** How long a delayed failure takes, milliseconds. */
  readonly pauseMs: number;
}

/** Long enough for several retries, and for records to queue up after the batch. */
export const FAILURE_RULES: FailureRules = { every: 4, failingMs: 45_000, pauseMs: 3_000 };

/** The first record of a batch. */
export interface BatchHead {
  /** Its sequence number. */
  readonly number: bigint;
  /** When DynamoDB wrote it, epoch milliseconds. */
  readonly writtenMs: number | undefined;
}

/**
 * How this delivery of a batch fails at `nowMs`, epoch milliseconds; undefined when it succeeds. Only
 * the first record decides, so every container decides the same, and no batch fails for ever even if it
 * is split differently when it is redelivered.
 */
export const planFailure = (
  head: BatchHead | undefined,
  nowMs: number,
  { every, failingMs }: FailureRules,
): Failure | undefined => {
  if (head?.writtenMs === undefined || nowMs - head.writtenMs >= failingMs) return undefined;
  const lot = createHash('sha256').update(head.number.toString()).digest().readUInt32BE();
  return lot % every === 0 ? FAILURES[Math.floor(lot / every) % FAILURES.length] : undefined;
};
