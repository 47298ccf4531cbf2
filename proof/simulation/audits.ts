import { createAudit } from '../../src/audit/audit.ts';
import type { RowDrift } from '../../src/domain/row-comparison.ts';
import { createRowTally, type RowCounts } from '../../src/domain/row-counts.ts';
import type { Log } from '../../src/runtime/log.ts';
import { onlySite } from './only-site.ts';
import { drain } from './poller.ts';
import { countRowsNow } from './rebuild-calls.ts';
import { importRow, removeRow, writeRow } from './row-writes.ts';
import { assertVerifies } from './verifications.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

const SILENT: Log = { warn: () => undefined, error: () => undefined };
// The Lambda timeout of the audit function.
const AUDIT_MS = 900_000;

/** Throws a Violation unless an audit of a quiescent world finds no drift and no uncertainty. */
export const assertNoDrift = async (world: World, when: string): Promise<void> => {
  const { model, store } = world;
  const found = await createAudit({
    readCounters: async () => onlySite(store.read()),
    countRows: async (cutoffMs) => onlySite(countRowsNow(model, cutoffMs)),
    now: () => model.nowMs,
    sleep: async () => undefined,
    log: SILENT,
    batchingWindowMs: 0,
  })(AUDIT_MS);
  assertSame(`${when}: drift found by the audit`, 0, found.missing + found.surplus);
  assertSame(`${when}: uncertainty of the audit`, 0, found.uncertainty);
};

/**
 * Runs audit and verify while rows in both halves of the table are inserted and deleted between
 * reading one half and the other. Throws a Violation when they report drift that does not exist, or
 * miss an injected drift by more than their stated uncertainty.
 */
export const auditWhileRowsChange = async (world: World): Promise<void> => {
  for (const injected of [0, 1, -7]) {
    assertReported(await auditWith(world, injected), injected);
    await assertVerifies(world, injected, (cutoffMs) =>
      countChangingRows(world, injected, cutoffMs),
    );
  }
};

const auditWith = (world: World, injected: number): Promise<RowDrift> =>
  createAudit({
    readCounters: async () => onlySite(world.store.read()),
    countRows: async (cutoffMs) => onlySite(await countChangingRows(world, injected, cutoffMs)),
    now: () => world.model.nowMs,
    // The projector lags at first and catches up while the audit waits.
    sleep: () => drain(world),
    log: SILENT,
    batchingWindowMs: 0,
  })(AUDIT_MS);

const countChangingRows = async (
  world: World,
  injected: number,
  cutoffMs: number,
): Promise<RowCounts> => {
  const { rows } = world.model;
  const all = [...rows.keys()];
  const middle = Math.floor(all.length / 2);
  const tally = createRowTally(cutoffMs);
  const add = (some: number[]) => {
    for (const row of some) if (rows.has(row)) tally.add(rows.get(row));
  };
  add(all.slice(0, middle));
  changeRows(world, all);
  add(all.slice(middle));
  const { undated, ...counts } = tally.counts();
  return { ...counts, undated: undated + injected };
};

const assertReported = ({ missing, surplus, uncertainty }: RowDrift, injected: number): void => {
  if (injected === 0) assertSame('Drift while rows change', 0, missing + surplus);
  if (Math.abs(missing - surplus - injected) <= uncertainty) return;
  throw new Violation(
    'An injected drift must be reported',
    `${injected} ± ${uncertainty}`,
    missing - surplus,
  );
};

const changeRows = ({ model }: World, rows: readonly number[]): void => {
  for (const row of rows) if (row % 3 === 0) removeRow(model, row, row % 2 ? 'ttl' : 'hand');
  const newest = Math.max(0, ...model.known);
  for (let row = newest + 1; row <= newest + 5; row += 1) writeRow(model, row);
  importRow(model, newest + 6, 200);
  importRow(model, newest + 7, 3);
};
