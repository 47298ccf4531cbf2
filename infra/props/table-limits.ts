import {
  type CounterList,
  MOST_COUNTS,
  MOST_FORGOTTEN,
  MOST_TOTALS,
  MOST_VISITED,
  SITE,
} from '../../src/domain/counter-name.ts';
import type { ResolvedProps } from './resolve-props.ts';

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

/** What a write of the item of a page's counter costs, whose visits come from few shards at a time. */
const PAGE_COUNTER_WRITE_UNITS = 2;

/** What a read of such an item costs, which is eventually consistent. */
const PAGE_COUNTER_READ_UNITS = 0.5;

/** Of how many counters one request may write or delete a row, or read the item, at most. */
interface CountersPerRequest {
  readonly visits: number;
  readonly deletions: number;
  readonly reads: number;
}

const countersPerRequest = ({ names, prefixes }: CounterList): CountersPerRequest => {
  const counters = prefixes.length > 0 ? Number.POSITIVE_INFINITY : new Set([SITE, ...names]).size;
  return {
    visits: Math.min(counters, MOST_VISITED),
    deletions: Math.min(counters, MOST_FORGOTTEN),
    reads: Math.min(counters, MOST_COUNTS + MOST_TOTALS),
  };
};

/**
 * The limits that bound the cost of a flood of requests. They are higher than what the API lets
 * through, so that the API refuses first, with a response that browsers understand.
 */
export const deriveTableLimits = ({
  throttle: { ratePerSecond },
  counters,
}: Pick<ResolvedProps, 'throttle' | 'counters'>): TableLimits => {
  const { visits, deletions, reads } = countersPerRequest(counters);
  // Each counter beside the site's adds the deletion of a row to a request that deletes those of a visitor.
  const moreDeletions = (deletions - 1) * ratePerSecond;
  return {
    // A visit writes one unit for each counter; twice that for bursts and retries. Only the audit reads rows.
    sessions: { writes: 2 * visits * ratePerSecond + moreDeletions },
    activeSessions: {
      // 40 units count about 3,800 active sessions, once for each request that the API lets through.
      reads: 40 * ratePerSecond,
      // Moving an entry deletes one and puts one. With less, the index would throttle the table.
      writes: 4 * visits * ratePerSecond + moreDeletions,
    },
    counts: {
      // The site's item has at most 8 kB, which costs one unit. Ingest reads names that it does not know: one unit
      // each.
      reads: Math.ceil(
        (4 + PAGE_COUNTER_READ_UNITS * (reads - 1) + (counters.prefixes.length > 0 ? visits : 0)) *
          ratePerSecond,
      ),
      // With the default batching window, each open shard writes the site's counter at most once a second. Of the
      // others, in the worst case each visit is in a write of its own.
      writes:
        OPEN_SHARDS * COUNTER_WRITE_UNITS + PAGE_COUNTER_WRITE_UNITS * (visits - 1) * ratePerSecond,
    },
  };
};
