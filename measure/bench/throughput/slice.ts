/** Works for so many seconds; how often it was done in each. */
export type Slice = (seconds: number) => Promise<number>;

/** What both sides are asked to do, over so many connections. */
export interface Side {
  readonly visit: (connections: number) => Slice;
  readonly read: (connections: number) => Slice;
}

/** The browsers that come, again and again. */
export const BROWSERS = 2_000;

/** One partition of the index, so that both sides have one Query to make. */
export const ACTIVE_SHARDS = 1;
