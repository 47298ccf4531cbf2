import { createAudit } from '../../src/audit/audit.ts';
import type { RowDrift } from '../../src/domain/row-comparison.ts';
import { createRowTally, type RowCounts } from '../../src/domain/row-counts.ts';
import type { Log } from '../../src/runtime/log.ts';
import { COUNTERS, counterOf, ROWS_OF_ALL } from './counters.ts';
import { drain } from './poller.ts';
import { countRowsNow } from './rebuild-calls.ts';
import { importRow, removeRow, writeRow } from './row-writes.ts';
import { assertVerifies } from './verifications.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

const SILENT: Log = { warn: () => undefined, error: () => undefined };
// The Lambda timeout of the audit function.
const AUDIT_MS = 900_000;

/** Throws a Violation unless an audit of a counter in a quiescent world finds no drift and no uncertainty. */
export const assertNoDrift = async (
  { model, counters }: World,
  counter: string,
  when: string,
): Promise<void> => {
  const found = await createAudit({
    readCounter: async () => counters.of(counter).read(),
    countRows: async (cutoffMs) => countRowsNow(model, counter, cutoffMs),
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
 * Runs audit and verify of each counter while rows in both halves of the table are inserted and deleted
 * between reading one half and the other. Throws a Violation when they report drift that does not exist, or
 * miss an injected drift by more than their stated uncertainty.
 */
export const auditWhileRowsChange = async (world: World): Promise<void> => {
  // Which counter gets which drift differs between histories.
  const first = world.model.known.size;
  for (const [place, counter] of COUNTERS.entries()) {
    const injected = INJECTED[(first + place) % INJECTED.length] ?? 0;
    const audited = { counter, injected };
    assertReported(await auditWith(world, audited), injected);
    await assertVerifies(world, audited, (cutoffMs) => countChangingRows(world, audited, cutoffMs));
  }
};

interface Audited {
  readonly counter: string;
  /** How many rows too many the scan reports. */
  readonly injected: number;
}

const auditWith = (world: World, audited: Audited): Promise<RowDrift> =>
  createAudit({
    readCounter: async () => world.counters.of(audited.counter).read(),
    countRows: (cutoffMs) => countChangingRows(world, audited, cutoffMs),
    now: () => world.model.nowMs,
    // The projector lags at first and catches up while the audit waits.
    sleep: () => drain(world),
    log: SILENT,
    batchingWindowMs: 0,
  })(AUDIT_MS);

const countChangingRows = async (
  world: World,
  { counter, injected }: Audited,
  cutoffMs: number,
): Promise<RowCounts> => {
  const { rows } = world.model;
  const all = [...rows.keys()];
  const middle = Math.floor(all.length / 2);
  const tally = createRowTally(cutoffMs);
  const add = (some: number[]) => {
    for (const row of some)
      if (rows.has(row) && counterOf(row) === counter) tally.add(rows.get(row));
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
  const next = newest + 1 + ROWS_OF_ALL;
  for (let row = newest + 1; row < next; row += 1) {
    if (row % 2 === 0) writeRow(model, row);
    else importRow(model, row, row % 3 ? 200 : 3);
  }
};
