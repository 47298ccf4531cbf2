/**
 * The settings of the event source mapping between the sessions stream and the projector. The local
 * event source uses the window and the event names, and satisfies the others by construction. The
 * proof of exactness depends on the settings in `proof`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
 */
export const EVENT_SOURCE = {
  proof: {
    /** Above 1 Lambda keeps the order per item only, and a checkpoint would skip records. */
    parallelizationFactor: 1,
    /** Needed only because the event then contains its shard id. */
    tumblingWindowSeconds: 900,
    /** LATEST may miss records written while the mapping starts. */
    startingPosition: 'TRIM_HORIZON',
    /** -1: no limit. A finite number discards records. */
    maximumRetryAttempts: -1,
    /** -1: no limit. A finite age discards records. */
    maximumRecordAgeSeconds: -1,
    /** The halves of a batch may run out of order. */
    bisectBatchOnFunctionError: false,
  },
  /** Lambda's maximum: a batch is one write, whatever its size. */
  batchSize: 10_000,
  /** Saves invocations; the projector handles other records correctly anyway. */
  eventNames: ['INSERT', 'REMOVE'],
} as const;
