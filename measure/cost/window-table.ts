import { integer, markdownTable } from '../markdown.ts';
import type { Assumptions } from './assumptions.ts';
import { VOLUMES } from './bill-table.ts';
import type { MeasuredUnits } from './measured-units.ts';
import { monthlyBill, totalOf } from './monthly-bill.ts';

const WINDOWS_SECONDS = [1, 10, 60, 300];

/** What each batching window saves, compared with the default: list prices, USD per month. */
export const windowTable = (units: MeasuredUnits, assumptions: Assumptions): string => {
  const total = (visits: number, batchingWindowSeconds: number): number =>
    totalOf(monthlyBill(visits, units, { ...assumptions, batchingWindowSeconds }), 'listUsd');
  const savedBy = (seconds: number, visits: number): string =>
    (total(visits, assumptions.batchingWindowSeconds) - total(visits, seconds)).toFixed(2);
  return markdownTable(
    ['seconds to wait; USD saved a month, for visits a month', ...VOLUMES.map(integer)],
    WINDOWS_SECONDS.map((seconds) => [
      String(seconds),
      ...VOLUMES.map((visits) => savedBy(seconds, visits)),
    ]),
  );
};
