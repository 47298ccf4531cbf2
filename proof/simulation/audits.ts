import { createAudit } from '../../src/audit/audit.ts';
import type { RowDrift } from '../../src/domain/row-comparison.ts';
import { createRowTally, type RowCounts } from '../../src/domain/row-counts.ts';
import type { Log } from '../../src/runtime/log.ts';
import { drain } from './poller.ts';
import { countRowsNow } from './rebuild-calls.ts';
import { importRow, removeRow, writeRow } from './row-writes.ts';
import { assertVerifies } from './verifications.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

const SILENT: Log = { warn: () => undefined, error: () => undefined };
// As long as the function may run.
const AUDIT_MS = 900_000;

/** An audit of a world at rest must find no drift, and be sure of it. */
export const assertNoDrift = async (world: World, when: string): Promise<void> => {
  const { model, ledger } = world;
  const found = await createAudit({
    readCounter: async () => ledger.read(),
    countRows: async (cutoffMs) => countRowsNow(model, cutoffMs),
    now: () => model.nowMs,
    sleep: async () => undefined,
    log: SILENT,
  })(AUDIT_MS);
  assertSame(`${when} the drift that an audit finds`, 0, found.missing + found.surplus);
  assertSame(`${when} its uncertainty`, 0, found.uncertainty);
};

/**
 * Reads one half of the rows, lets rows come and go in both halves, reads the other half, and
 * audits and verifies. There must be no drift, and one that is planted must be told within the uncertainty.
 */
export const auditWhileRowsChange = async (world: World): Promise<void> => {
  for (const planted of [0, 1, -7]) {
    assertTold(await auditWith(world, planted), planted);
    await assertVerifies(world, planted, (cutoffMs) => countChangingRows(world, planted, cutoffMs));
  }
};

const auditWith = (world: World, planted: number): Promise<RowDrift> =>
  createAudit({
    readCounter: async () => world.ledger.read(),
    countRows: (cutoffMs) => countChangingRows(world, planted, cutoffMs),
    now: () => world.model.nowMs,
    // The stream is late, and then it is not.
    sleep: () => drain(world),
    log: SILENT,
  })(AUDIT_MS);

const countChangingRows = async (
  world: World,
  planted: number,
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
  return { ...counts, undated: undated + planted };
};

const assertTold = ({ missing, surplus, uncertainty }: RowDrift, planted: number): void => {
  if (planted === 0) assertSame('The drift while rows change', 0, missing + surplus);
  if (Math.abs(missing - surplus - planted) <= uncertainty) return;
  throw new Violation(
    'A planted drift must be told',
    `${planted} ± ${uncertainty}`,
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
