import { type AuditEvidence, auditCut, findDrift } from '../src/domain/audit.ts';
import { type UtcDay, utcDay } from '../src/domain/utc-day.ts';
import { drain } from './poller.ts';
import { removeRow, writeRow } from './row-writes.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

/** An audit of a world at rest must find no drift, and be sure of it. */
export const assertNoDrift = ({ model, ledger }: World, when: string): void => {
  const cut = auditCut(model.nowMs);
  const rows = countBefore(cut, model.rows.values());
  const counter = ledger.read();
  const { drift, uncertainty } = findDrift({ cut, rows, before: counter, after: counter });
  assertSame(`${when} the drift that an audit finds`, 0, drift);
  assertSame(`${when} its uncertainty`, 0, uncertainty);
};

/**
 * Reads one half of the rows, lets rows come and go in both halves, reads the other half, and
 * audits. There must be no drift, and one that is planted must be told within the uncertainty.
 */
export const auditWhileRowsChange = async (world: World): Promise<void> => {
  const { model, ledger } = world;
  const cut = auditCut(model.nowMs);
  const before = ledger.read();
  const all = [...model.rows.keys()];
  const middle = Math.floor(all.length / 2);
  const rowsIn = (keys: number[]) => keys.flatMap((row) => model.rows.get(row) ?? []);
  const read = countBefore(cut, rowsIn(all.slice(0, middle)));
  changeRows(world, all);
  const rows = read + countBefore(cut, rowsIn(all.slice(middle)));
  await drain(world);
  for (const planted of [0, 1, -1, 7, -7]) {
    assertTold({ cut, rows: rows + planted, before, after: ledger.read() }, planted);
  }
};

const assertTold = (evidence: AuditEvidence, planted: number): void => {
  const { drift, uncertainty } = findDrift(evidence);
  if (planted === 0) assertSame('The drift while rows change', 0, drift);
  if (Math.abs(drift - planted) <= uncertainty) return;
  throw new Violation('A planted drift must be told', `${planted} ± ${uncertainty}`, drift);
};

const countBefore = (cut: UtcDay, firstVisits: Iterable<number>): number =>
  [...firstVisits].filter((firstMs) => utcDay(firstMs) < cut).length;

const changeRows = ({ model }: World, rows: readonly number[]): void => {
  for (const row of rows) if (row % 3 === 0) removeRow(model, row, row % 2 ? 'ttl' : 'hand');
  const newest = Math.max(0, ...model.known);
  for (let row = newest + 1; row <= newest + 5; row += 1) writeRow(model, row);
};
