import { type ByCounter, mapCounters } from '../../src/domain/by-counter.ts';
import { NO_ROWS, type RowCounts } from '../../src/domain/row-counts.ts';
import { COUNTERS, ROWS_OF_ALL } from './counters.ts';
import { importRow, markRetracted, removeRow, restoreRow, writeRow } from './row-writes.ts';
import { createScan } from './scans.ts';
import type { World } from './world.ts';

/** How many rows too many the scan reports of each counter. */
export type Injected = ByCounter<number>;

/** Counts the rows of each counter as a scan does, with `change` between its halves, and adds the injected ones. */
export const countChangingRows = async (
  { model }: World,
  { injected, cutoffMs }: { readonly injected: Injected; readonly cutoffMs: number },
  change: (rows: readonly number[]) => void | Promise<void>,
): Promise<ByCounter<RowCounts>> => {
  const all = [...model.rows.keys()];
  const middle = Math.floor(all.length / 2);
  const scan = createScan(model, COUNTERS, cutoffMs);
  scan.add(all.slice(0, middle));
  await change(all);
  scan.add(all.slice(middle));
  const found = scan.counts();
  return mapCounters(injected, (more, counter) => {
    const { undated, ...counts } = found.get(counter) ?? NO_ROWS;
    return { ...counts, undated: undated + more };
  });
};

/** Removes rows, adds new ones and imports old ones. */
export const changeRows = ({ model }: World, rows: readonly number[]): void => {
  for (const row of rows) if (row % 3 === 0) removeRow(model, row, row % 2 ? 'ttl' : 'hand');
  const newest = Math.max(0, ...model.known);
  const next = newest + 1 + ROWS_OF_ALL;
  for (let row = newest + 1; row < next; row += 1) {
    if (row % 2 === 0) writeRow(model, row);
    else importRow(model, row, row % 3 ? 200 : 3);
  }
};

/** Retracts sessions, or restores all rows that were deleted. */
export const undoRows = (
  { model }: World,
  kind: 'retract' | 'restore',
  rows: readonly number[],
): void => {
  if (kind === 'restore')
    for (const [row, firstMs] of model.deleted) restoreRow(model, row, firstMs);
  if (kind === 'restore') return;
  for (const row of rows.filter((one) => one % 3 === 1)) {
    markRetracted(model, row, model.rows.get(row) ?? 0);
    removeRow(model, row, 'retract');
  }
};
