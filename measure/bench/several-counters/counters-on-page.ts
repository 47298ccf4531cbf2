import { SITE } from '../../../src/domain/counter-name.ts';
import { createIngestHandler } from '../../../src/ingest/ingest-handler.ts';
import { createQueryHandler } from '../../../src/query/query-handler.ts';
import { readCounts, visit } from '../../browser-requests.ts';
import { captureOutput } from '../../cost/capture-output.ts';
import { type CostTables, openCostTables } from '../../cost/cost-tables.ts';
import type { Bench, Findings, Goal, Row } from '../part/part.ts';

const PAGES = [
  'blog/1',
  'blog/2',
  'blog/3',
  'blog/4',
  'blog/5',
  'blog/6',
  'blog/7',
  'blog/8',
  'blog/9',
];
/** The counters of the elements of a page. */
const ON_PAGE = [[SITE], ['blog/1'], [SITE, 'blog/1'], [SITE, ...PAGES]];

/** What a page view of a new session takes, by the counters of the page. Always the same on every machine. */
export const benchCountersOnPage = async ({ endpoint }: Bench): Promise<Findings> => {
  const rows: Row[] = [];
  for (const [place, counters] of ON_PAGE.entries()) {
    const tables = await openCostTables(endpoint, `page-${place}`);
    rows.push(await viewPage(tables, counters));
  }
  return { title: 'A page view, by the counters of the page', rows, goals: goalsOf(rows) };
};

const viewPage = async ({ client, meter, env }: CostTables, counters: string[]): Promise<Row> => {
  const settings = { ...env, COUNTERS: PAGES.join(',') };
  const ingest = createIngestHandler(settings, client);
  const query = createQueryHandler(settings, client, '');
  const { result: first } = await captureOutput(() => meter(() => visit(ingest, 1, counters)));
  const { result: later } = await captureOutput(() => meter(() => visit(ingest, 1, counters)));
  const reading = await meter(() => readCounts(query, counters));
  return {
    counters: counters.length === 1 ? (counters[0] as string) : counters.length,
    'HTTP requests': 2,
    'requests to DynamoDB': first.requests + reading.requests,
    'write units, first visit': first.writeUnits,
    'write units, later visit': later.writeUnits,
    'read units': reading.readUnits,
  };
};

const goalsOf = ([site, page]: readonly Row[]): Goal[] => {
  const numbersOf = (row: Row | undefined) =>
    Object.values(row ?? {})
      .slice(1)
      .map(Number);
  // Of version 0.2, which had no other counters.
  const before = [2, 3, 2, 3, 1];
  const isSame = (row: Row | undefined): boolean => `${numbersOf(row)}` === `${before}`;
  return [
    {
      ...{ goal: 'a page of the site’s counter takes what it took before', kind: 'counted' },
      ...{ isMet: isSame(site), measured: numbersOf(site) },
    },
    {
      ...{ goal: 'a page of another counter takes the same', kind: 'counted' },
      ...{ isMet: isSame(page), measured: numbersOf(page) },
    },
  ];
};
