import { integer, markdownTable } from '../markdown.ts';
import { type Assumptions, MONTH_HOURS } from './assumptions.ts';
import { EDGE_LOCATIONS, VOLUMES } from './bill-table.ts';
import type { MeasuredUnits } from './measured-units.ts';
import { type BillLine, monthlyBill, totalOf } from './monthly-bill.ts';

const BUSY = { visits: 1_000_000, readsPerSecond: 50 };

/** What CloudFront in front of the API adds to the bill, and takes off it: a column per volume, and a busy page. */
export const edgeTable = (units: MeasuredUnits, assumptions: Assumptions): string => {
  const readsPerVisit = (BUSY.readsPerSecond * MONTH_HOURS * 3_600) / BUSY.visits;
  const cases = [
    ...VOLUMES.map((visits) => ({ visits, assumptions })),
    { visits: BUSY.visits, assumptions: { ...assumptions, readsPerVisit } },
  ];
  const billsWith = (edgeLocations: number): BillLine[][] =>
    cases.map((one) => monthlyBill(one.visits, units, { ...one.assumptions, edgeLocations }));
  const [without, behind] = [billsWith(0), billsWith(EDGE_LOCATIONS)];
  const total = (name: string, bills: BillLine[][], kind: 'listUsd' | 'usd'): string[] => [
    name,
    ...bills.map((bill) => totalOf(bill, kind).toFixed(2)),
  ];
  return markdownTable(
    [
      'USD a month, for visits a month',
      ...VOLUMES.map(integer),
      `${integer(BUSY.visits)}, and ${BUSY.readsPerSecond} reads a second`,
    ],
    [
      ...edgeRows(behind),
      total('**total behind CloudFront, at list price**', behind, 'listUsd'),
      total('total without it, at list price', without, 'listUsd'),
      total('**behind CloudFront, after what is always free**', behind, 'usd'),
      total('without it, after what is always free', without, 'usd'),
    ],
  );
};

const edgeRows = (bills: readonly BillLine[][]): string[][] =>
  (bills[0] ?? []).flatMap(({ service }, row) =>
    /^(CloudFront|Secrets Manager)/.test(service)
      ? [[service, ...bills.map((bill) => (bill[row]?.listUsd ?? 0).toFixed(2))]]
      : [],
  );
