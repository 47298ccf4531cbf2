import type { Throttle } from './throttle.ts';

/**
 * The most units a second that a table or an index is to take. DynamoDB refuses the rest as well as it
 * can: AWS calls it a target, not a ceiling.
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

/**
 * The maxima that hold down what a flood costs. They lie above what the API lets through,
 * so that it is the API that refuses, with an answer that a browser understands.
 */
export const deriveTableLimits = ({ ratePerSecond }: Throttle): TableLimits => ({
  // A visit writes one unit; twice that for bursts and retries. Nobody but the audit reads rows.
  sessions: { writes: 2 * ratePerSecond },
  activeSessions: {
    // 40 units count about 3,600 active sessions, once for each read that is let through.
    reads: 40 * ratePerSecond,
    // A move of an entry deletes one and puts one. With less, the index would throttle the table.
    writes: 4 * ratePerSecond,
  },
  counts: {
    // One item, which at 4 to 8 kB costs one unit.
    reads: 4 * ratePerSecond,
    // Visits do not drive it: each shard writes once a second, and this is enough for 30 of them.
    writes: 200,
  },
});
