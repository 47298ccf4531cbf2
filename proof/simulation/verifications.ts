import { AuditError } from '../../src/audit/audit-error.ts';
import { createIsCounted } from '../../src/audit/stream-progress.ts';
import { type Verification, verifyRows } from '../../src/audit/verify.ts';
import type { DriftNow } from '../../src/domain/audit.ts';
import type { ByCounter } from '../../src/domain/by-counter.ts';
import type { RowCounts } from '../../src/domain/row-counts.ts';
import { COUNTERS } from './counters.ts';
import { sumOf } from './errors.ts';
import { createModelReader } from './model-reader.ts';
import { createCatchUp } from './poller.ts';
import { countRowsOf } from './scans.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

/**
 * Throws a Violation unless `verify` in a quiescent world reports the exact drift of each counter, including rows
 * dated ahead, with no uncertainty.
 */
export const assertVerified = async (world: World, when: string): Promise<void> => {
  const countRows = async (cutoffMs: number) => countRowsOf(world.model, COUNTERS, cutoffMs);
  for (const [counter, found] of await verifyWith(world, countRows)) {
    const { started, removed } = world.counters.of(counter).errors;
    const what = `${when}: ${counter}`;
    assertSame(`${what}: drift found by verify`, sumOf(removed) - sumOf(started), found.drift);
    assertSame(`${what}: possible error of verify`, 0, found.uncertainty);
    const { missing, surplus, uncertainty } = found.settled;
    assertSame(`${what}: drift of past days found by verify`, 0, missing + surplus);
    assertSame(`${what}: possible error for past days`, 0, uncertainty);
  }
};

type CountRows = (cutoffMs: number) => Promise<ByCounter<RowCounts>>;

/**
 * Throws a Violation unless `verify` reports the injected surplus rows of each counter while `countRows` changes
 * rows.
 */
export const assertVerifies = async (
  world: World,
  injected: ByCounter<number>,
  countRows: CountRows,
): Promise<void> => {
  const all = await verifyWith(world, countRows);
  for (const [counter, rows] of injected) {
    const { drift, uncertainty, settled } = all.get(counter) as Verification;
    const { started, removed } = world.counters.of(counter).errors;
    assertReported('drift', rows + sumOf(removed) - sumOf(started), { drift, uncertainty });
    const { missing, surplus } = settled;
    const old = { drift: missing - surplus, uncertainty: settled.uncertainty };
    assertReported('drift of past days', rows, old);
  }
};

/** Throws a Violation unless `verify` refuses to compare rows, because a retract or a restore changes them. */
export const assertNotVerified = async (
  world: World,
  _: ByCounter<number>,
  countRows: CountRows,
): Promise<void> => {
  const error = await verifyWith(world, countRows).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof AuditError && /retract|restore/.test(error.message)) return;
  throw new Violation('verify during a retract or a restore', 'a refusal', String(error));
};

const assertReported = (what: string, expected: number, { drift, uncertainty }: DriftNow): void => {
  if (expected === 0) assertSame(`While rows change: ${what} found by verify`, 0, drift);
  if (Math.abs(drift - expected) <= uncertainty) return;
  throw new Violation(`verify must report the ${what}`, `${expected} ± ${uncertainty}`, drift);
};

const verifyWith = (world: World, countRows: CountRows): Promise<ByCounter<Verification>> => {
  const readCounters = async () => world.counters.written(COUNTERS);
  return verifyRows({
    readCounters,
    countRows,
    isCounted: createIsCounted({
      reader: createModelReader(world),
      readCounters,
      sleep: async () => undefined,
    }),
    now: () => world.model.nowMs,
    // The projector catches up meanwhile.
    sleep: createCatchUp(world),
  });
};
