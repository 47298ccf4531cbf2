import { integer, markdownTable } from '../markdown.ts';
import type { Assumptions } from './assumptions.ts';
import type { MeasuredUnits } from './measured-units.ts';
import { type BillLine, monthlyBill, totalOf } from './monthly-bill.ts';

/** The monthly visits for which the bill is calculated. */
export const VOLUMES = [1_000, 100_000, 1_000_000, 10_000_000];

/** The bill as a Markdown table: a column per volume, a row per service, and the totals. */
export const billTable = (units: MeasuredUnits, assumptions: Assumptions): string => {
  const bills = VOLUMES.map((visits) => monthlyBill(visits, units, assumptions));
  return markdownTable(
    ['USD a month, for visits a month', ...VOLUMES.map(integer)],
    [
      ...serviceRows(bills),
      ...totalRows(bills),
      pagesRow(units, assumptions),
      edgeRow(units, assumptions),
    ],
  );
};

const PAGES = 100;

const pagesRow = (units: MeasuredUnits, assumptions: Assumptions): string[] => [
  `the same, if each of ${PAGES} pages has its own counter too`,
  ...VOLUMES.map((visits) =>
    usd(totalOf(monthlyBill(visits, units, { ...assumptions, pages: PAGES }), 'usd')),
  ),
];

/** The edge locations that the visitors of a site use. */
export const EDGE_LOCATIONS = 10;

const edgeRow = (units: MeasuredUnits, assumptions: Assumptions): string[] => [
  'the same as the total, behind CloudFront',
  ...VOLUMES.map((visits) =>
    usd(
      totalOf(monthlyBill(visits, units, { ...assumptions, edgeLocations: EDGE_LOCATIONS }), 'usd'),
    ),
  ),
];

const serviceRows = (bills: readonly BillLine[][]): string[][] =>
  (bills[0] ?? []).map(({ service }, row) => [
    service,
    ...bills.map((bill) => usd(bill[row]?.listUsd ?? 0)),
  ]);

const totalRows = (bills: readonly BillLine[][]): string[][] => [
  ['**total at list price**', ...bills.map((bill) => `**${usd(totalOf(bill, 'listUsd'))}**`)],
  [
    '**total after what is always free**',
    ...bills.map((bill) => `**${usd(totalOf(bill, 'usd'))}**`),
  ],
];

const usd = (value: number): string =>
  value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
