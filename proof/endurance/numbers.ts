import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { type ByCounter, mapCounters } from '../../src/domain/by-counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { Database, TableNames } from '../../src/local/database.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { COUNTERS } from './counters.ts';
import type { PlannedVisitor } from './plan.ts';

/** The numbers of one counter, which must agree once everything is delivered. */
export interface Numbers {
  /** Distinct sessions according to the counter. */
  readonly total: number;
  readonly removed: number;
  /** Distinct sessions according to GET /counts. */
  readonly published: number;
  /** Its rows in the sessions table. */
  readonly rows: number;
}

/** Reads all numbers of all counters. */
export const readNumbers = async (
  { client }: Database,
  { SESSIONS_TABLE, COUNTS_TABLE }: TableNames,
  url: string,
): Promise<ByCounter<Numbers>> => {
  const rows = await countRows(client, SESSIONS_TABLE);
  const published = await readPublished(url);
  const numbers = new Map<string, Numbers>();
  for (const counter of new Set([...COUNTERS, ...rows.keys()])) {
    const { total, removed } = await readCounter(client, COUNTS_TABLE, 'strong', counter);
    numbers.set(counter, {
      ...{ total, removed },
      ...{ published: published.get(counter) ?? 0, rows: rows.get(counter) ?? 0 },
    });
  }
  return numbers;
};

const countRows = async (
  client: Database['client'],
  TableName: string,
): Promise<Map<string, number>> => {
  const rows = new Map<string, number>();
  const request = { TableName, ProjectionExpression: 'counter_name', ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client }, request)) {
    for (const { counter_name: counter = SITE } of Items) {
      rows.set(counter, (rows.get(counter) ?? 0) + 1);
    }
  }
  return rows;
};

interface Counts {
  readonly unique_session_count: number;
}

// Without a name, the site is meant.
const readPublished = async (url: string): Promise<Map<string, number>> => {
  const site = (await readJson(`${url}/counts`)) as Counts;
  const names = COUNTERS.filter((counter) => counter !== SITE);
  const { counters } = (await readJson(`${url}/counts?total=${names.join(',')}`)) as {
    counters: Record<string, Counts>;
  };
  const all = Object.entries({ ...counters, [SITE]: site });
  return new Map(all.map(([counter, counts]) => [counter, counts.unique_session_count]));
};

const readJson = async (url: string): Promise<unknown> => (await fetch(url)).json();

/** How many distinct visitors each counter has. */
export const visitorsOf = (visitors: readonly PlannedVisitor[]): ByCounter<number> =>
  mapCounters(
    Map.groupBy(
      visitors.flatMap(({ counters }) => counters),
      (counter) => counter,
    ),
    ({ length }) => length,
  );

/** The counters whose numbers are not exact for these numbers of distinct visitors. */
export const inexactCounters = (
  numbers: ByCounter<Numbers>,
  visitors: ByCounter<number>,
): string[] =>
  [...numbers]
    .filter(([counter, found]) => !isExact(found, visitors.get(counter) ?? 0))
    .map(([counter]) => counter);

const isExact = ({ total, removed, published, rows }: Numbers, visitors: number): boolean =>
  total === visitors && published === visitors && rows === visitors && total - removed === rows;
