/** Works for this many seconds; returns the rate per second. */
export type Slice = (seconds: number) => Promise<number>;

/** The operations that both sides perform over a number of connections. */
export interface Side {
  readonly visit: (connections: number) => Slice;
  readonly read: (connections: number) => Slice;
}

/** One partition of the index, so that both sides make one Query. */
export const ACTIVE_SHARDS = 1;
