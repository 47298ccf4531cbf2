/**
 * How the sessions stream reaches the projector: the values of the event source mapping, of which
 * the local event source takes the window and the event names and keeps the rest by construction.
 * Exactness rests on those of `proof`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
 */
export const EVENT_SOURCE = {
  proof: {
    /** Above 1 only the order per item is kept, and a checkpoint would skip records. */
    parallelizationFactor: 1,
    /** Its only use: the event then names its shard. */
    tumblingWindowSeconds: 900,
    /** LATEST may miss what happens while the mapping starts. */
    startingPosition: 'TRIM_HORIZON',
    /** -1, for ever: a finite number discards records. */
    maximumRetryAttempts: -1,
    /** -1, no limit: a finite age discards records. */
    maximumRecordAgeSeconds: -1,
    /** Halves of a batch may run out of order. */
    bisectBatchOnFunctionError: false,
  },
  /** As many as Lambda gives: a batch is one write, whatever its size. */
  batchSize: 10_000,
  /** At most about one write a second for each shard. */
  batchingWindowSeconds: 1,
  /** Saves invocations; the projector gives other records their due all the same. */
  eventNames: ['INSERT', 'REMOVE'],
} as const;
