/** How long an event source mapping waits, in milliseconds. */
export interface MappingTiming {
  /** Between two lists of the stream's shards. */
  readonly discoveryMs: number;
  /** After an empty page of records. */
  readonly pollMs: number;
  /** Before a shard iterator is requested again after a failure; doubles with each failure. */
  readonly reopenMinMs: number;
  readonly reopenMaxMs: number;
  /** Before a failed batch is retried; doubles with each failure. */
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** For the running batch when the mapping stops. */
  readonly stopMs: number;
}

export const DEFAULT_TIMING: MappingTiming = {
  discoveryMs: 1_000,
  pollMs: 100,
  reopenMinMs: 250,
  reopenMaxMs: 2_000,
  retryMinMs: 100,
  retryMaxMs: 5_000,
  stopMs: 2_000,
};
