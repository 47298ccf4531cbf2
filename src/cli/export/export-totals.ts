import type { ShownCounter } from '../../domain/baseline.ts';
import { EMPTY_COUNTER } from '../../domain/counter.ts';
import { SITE } from '../../domain/counter-name.ts';
import { readShownCounter } from '../../tables/read-counter.ts';
import { scanShownCounters } from '../../tables/scan-counters.ts';
import { readSelectedCounters } from '../read-selected-counters.ts';
import type { Target } from '../target/target.ts';
import type { Columns, ExportRecord } from './format-record.ts';

/** The columns of the numbers of a counter. */
export const TOTAL_COLUMNS: Columns = ['counter', 'kind', 'date', 'sessions', 'removed'];

/**
 * The records of all counters, or of the one with this name, counter by counter: the total, the baseline if there is
 * one, each month, then each day. Keeps one page of counters in memory. Throws a CommandError before the first record if there
 * is no such counter, and what the SDK throws.
 */
export async function* exportTotals(
  target: Target,
  name: string | undefined,
): AsyncGenerator<readonly ExportRecord[]> {
  for await (const [counter, numbers] of selectCounters(target, name)) {
    yield describeCounter(counter, numbers);
  }
}

async function* selectCounters(
  target: Target,
  name: string | undefined,
): AsyncGenerator<readonly [name: string, counter: ShownCounter]> {
  const { client, countsTable } = target;
  if (name === undefined) return yield* scanShownCounters(client, countsTable);
  const counter = await readShownCounter(client, countsTable, 'strong', name);
  if (counter === EMPTY_COUNTER && name !== SITE) await readSelectedCounters(target, name);
  yield [name, counter];
}

const describeCounter = (name: string, counter: ShownCounter): ExportRecord[] => {
  const { total, removed, baseline, startedByMonth } = counter;
  const months = [...startedByMonth].sort();
  return [
    [name, 'total', undefined, total, removed],
    ...(baseline ? [[name, 'baseline', baseline.since, baseline.sessions, undefined]] : []),
    ...months.map(([month, sessions]) => [name, 'month', month, sessions, undefined]),
    ...describeDays(name, counter),
  ];
};

const describeDays = (
  name: string,
  { startedByDay, removedByDay }: ShownCounter,
): ExportRecord[] => {
  const days = [...new Set([...startedByDay.keys(), ...removedByDay.keys()])].sort();
  return days.map((day) => [
    ...[name, 'day', day],
    ...[startedByDay.get(day) ?? 0, removedByDay.get(day) ?? 0],
  ]);
};
