import { createHash } from 'node:crypto';

/**
 * How an invocation fails on purpose: at once, after some seconds, or by not ending before Lambda
 * ends it, as a crash would.
 */
export const FAILURES = ['throw', 'pause', 'hang'] as const;

export type Failure = (typeof FAILURES)[number];

/** Which batches fail. */
export interface FailureRules {
  /** One batch in so many, by lot. */
  readonly every: number;
  /** A batch fails until its first record was written so long ago, milliseconds. */
  readonly failingMs: number;
  /** How long one that fails after some time takes, milliseconds. */
  readonly pauseMs: number;
}

/** Long enough for several retries, and for records to queue up behind the batch. */
export const FAILURE_RULES: FailureRules = { every: 4, failingMs: 45_000, pauseMs: 3_000 };

/** The first record of a batch. */
export interface BatchHead {
  /** Its sequence number. */
  readonly number: bigint;
  /** When DynamoDB wrote it, epoch milliseconds. */
  readonly writtenMs: number | undefined;
}

/**
 * How this delivery of a batch is to fail, at `nowMs`, epoch milliseconds; undefined when it is to
 * succeed. The first record alone decides: a new container decides the same, and a batch that is cut
 * differently when it comes again gets older all the same, so that none fails for ever.
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
