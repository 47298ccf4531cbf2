import type { Throttle } from './throttle.ts';

/**
 * The maximum throughput of a table or an index, in request units per second. DynamoDB refuses the rest
 * on a best-effort basis: AWS calls it a target, not a ceiling.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html
 */
export interface Throughput {
  readonly reads?: number;
  readonly writes: number;
}

export interface TableLimits {
  readonly sessions: Throughput;
  readonly activeSessions: Throughput & { readonly reads: number };
  readonly counts: Throughput & { readonly reads: number };
}

/** How many shards of the stream may be open at once; one more opens for each 1,000 writes a second. */
const OPEN_SHARDS = 30;

/** What a write of the counter item costs with that many, as `npm run bench -- --only counter-item` measures. */
const COUNTER_WRITE_UNITS = 9;

/**
 * The limits that bound the cost of a flood of requests. They are higher than what the API lets
 * through, so that the API refuses first, with a response that browsers understand.
 */
export const deriveTableLimits = ({ ratePerSecond }: Throttle): TableLimits => ({
  // A visit writes one unit; twice that for bursts and retries. Only the audit reads rows.
  sessions: { writes: 2 * ratePerSecond },
  activeSessions: {
    // 40 units count about 3,800 active sessions, once for each request that the API lets through.
    reads: 40 * ratePerSecond,
    // Moving an entry deletes one and puts one. With less, the index would throttle the table.
    writes: 4 * ratePerSecond,
  },
  counts: {
    // One item of at most 8 kB, which costs one unit.
    reads: 4 * ratePerSecond,
    // Independent of visits: with the default batching window, each open shard writes at most once a second.
    writes: OPEN_SHARDS * COUNTER_WRITE_UNITS,
  },
});
