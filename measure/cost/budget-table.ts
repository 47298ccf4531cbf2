import { MAX_AGE_MS } from '../../src/query/cached-reading.ts';
import { integer, markdownTable } from '../markdown.ts';
import type { Assumptions } from './assumptions.ts';
import type { MeasuredUnits } from './measured-units.ts';
import { monthlyBill, totalOf } from './monthly-bill.ts';

const BUDGETS = [1, 2, 3, 5];
const ACTIVE = [100, 400, 1_370, 10_000];
const VISITS = 1_000_000;

/**
 * For each budget of read units, how long a container of query serves a count of the active sessions before it
 * counts again, and what the counter costs: list prices, USD per month.
 */
export const budgetTable = (units: MeasuredUnits, assumptions: Assumptions): string => {
  const emptyIndex = units.countsRead - units.counterRead;
  const servedFor = (active: number, budget: number): string => {
    const seconds = (emptyIndex + active * units.countsReadPerActive) / budget;
    return Math.min(seconds, MAX_AGE_MS / 1_000).toFixed(1);
  };
  const costOf = (activeReadUnitsPerSecond: number): string => {
    const bill = monthlyBill(VISITS, units, { ...assumptions, activeReadUnitsPerSecond });
    return totalOf(bill, 'listUsd').toFixed(2);
  };
  return markdownTable(
    [
      'read units a second; seconds between two counts, by active sessions',
      ...ACTIVE.map(integer),
      `USD a month at ${integer(VISITS)} visits`,
    ],
    BUDGETS.map((budget) => [
      String(budget),
      ...ACTIVE.map((active) => servedFor(active, budget)),
      costOf(budget),
    ]),
  );
};
