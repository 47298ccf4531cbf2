import { createAudit, type FinishedAudit } from '../../src/audit/audit.ts';
import { type ByCounter, mapCounters } from '../../src/domain/by-counter.ts';
import type { RowDrift } from '../../src/domain/row-comparison.ts';
import { NO_ROWS, type RowCounts } from '../../src/domain/row-counts.ts';
import type { Log } from '../../src/runtime/log.ts';
import { COUNTERS, ROWS_OF_ALL } from './counters.ts';
import { drain } from './poller.ts';
import { importRow, markRetracted, removeRow, restoreRow, writeRow } from './row-writes.ts';
import { countRowsOf, createScan } from './scans.ts';
import { assertVerifies } from './verifications.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

const SILENT: Log = { warn: () => undefined, error: () => undefined };
// The Lambda timeout of the audit function.
const AUDIT_MS = 900_000;

/** Throws a Violation unless an audit of a quiescent world finds no drift and no uncertainty. */
export const assertNoDrift = async ({ model, counters }: World, when: string): Promise<void> => {
  const found = await createAudit({
    readCounters: async () => counters.written(COUNTERS),
    countRows: async (cutoffMs) => countRowsOf(model, COUNTERS, cutoffMs),
    now: () => model.nowMs,
    sleep: async () => undefined,
    log: SILENT,
    batchingWindowMs: 0,
  })(AUDIT_MS);
  assertSame(`${when}: drift found by the audit`, 0, found.missing + found.surplus);
  assertSame(`${when}: uncertainty of the audit`, 0, found.uncertainty);
};

const INJECTED = [0, 1, -7] as const;

/**
 * Runs audit and verify while rows in both halves of the table come and go between reading one half and the other: by
 * visits, imports and removals, by retracts and removals, or by restores. Throws a Violation when they report drift of a
 * counter that does not exist, or miss an injected drift by more than their stated uncertainty.
 */
export const auditWhileRowsChange = async (world: World): Promise<void> => {
  // Which counter gets which drift differs between histories.
  const first = world.model.known.size;
  const drift = (place: number): number => INJECTED[(first + place) % INJECTED.length] ?? 0;
  for (const rows of [() => 0, drift]) {
    const injected = new Map(COUNTERS.map((counter, place) => [counter, rows(place)]));
    const { counters } = await auditWith(world, injected);
    for (const [counter, surplus] of injected) assertReported(counters.get(counter), surplus);
    await assertVerifies(world, injected, (cutoffMs) =>
      countChangingRows(world, injected, cutoffMs),
    );
  }
};

/** How many rows too many the scan reports of each counter. */
type Injected = ByCounter<number>;

const auditWith = (world: World, injected: Injected): Promise<FinishedAudit> =>
  createAudit({
    readCounters: async () => world.counters.written(COUNTERS),
    countRows: (cutoffMs) => countChangingRows(world, injected, cutoffMs),
    now: () => world.model.nowMs,
    // The projector lags at first and catches up while the audit waits.
    sleep: () => drain(world),
    log: SILENT,
    batchingWindowMs: 0,
  })(AUDIT_MS);

const countChangingRows = async (
  world: World,
  injected: Injected,
  cutoffMs: number,
): Promise<ByCounter<RowCounts>> => {
  const { model } = world;
  const all = [...model.rows.keys()];
  const middle = Math.floor(all.length / 2);
  const scan = createScan(model, COUNTERS, cutoffMs);
  scan.add(all.slice(0, middle));
  changeRows(world, all);
  scan.add(all.slice(middle));
  const found = scan.counts();
  return mapCounters(injected, (more, counter) => {
    const { undated, ...counts } = found.get(counter) ?? NO_ROWS;
    return { ...counts, undated: undated + more };
  });
};

const assertReported = (found: RowDrift | undefined, injected: number): void => {
  const { missing = 0, surplus = 0, uncertainty = 0 } = found ?? {};
  if (injected === 0) assertSame('Drift while rows change', 0, missing + surplus);
  if (Math.abs(missing - surplus - injected) <= uncertainty) return;
  throw new Violation(
    'An injected drift must be reported',
    `${injected} ± ${uncertainty}`,
    missing - surplus,
  );
};

// A comparison cannot tell a restore from a removal of the same day, nor a retract from a new session: only one of both
// happens at a time.
const changeRows = (world: World, rows: readonly number[]): void => {
  const { model } = world;
  const kind = model.known.size % 4;
  if (kind === 0) for (const row of model.deleted.keys()) restoreRow(model, row);
  if (kind === 0) return;
  for (const row of rows) if (row % 3 === 0) removeRow(model, row, row % 2 ? 'ttl' : 'hand');
  if (kind === 1) retractRows(world, rows);
  else addRows(world);
};

const addRows = ({ model }: World): void => {
  const newest = Math.max(0, ...model.known);
  const next = newest + 1 + ROWS_OF_ALL;
  for (let row = newest + 1; row < next; row += 1) {
    if (row % 2 === 0) writeRow(model, row);
    else importRow(model, row, row % 3 ? 200 : 3);
  }
};

const retractRows = ({ model }: World, rows: readonly number[]): void => {
  for (const row of rows.filter((one) => one % 3 === 1)) {
    markRetracted(model, row, model.rows.get(row) ?? 0);
    removeRow(model, row, 'retract');
  }
};
