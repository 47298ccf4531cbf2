import { createIsCounted } from '../../src/audit/stream-progress.ts';
import { type Verification, verifyRows } from '../../src/audit/verify.ts';
import type { DriftNow } from '../../src/domain/audit.ts';
import { SITE } from '../../src/domain/counter-name.ts';
import type { RowCounts } from '../../src/domain/row-counts.ts';
import { sumOf } from './errors.ts';
import { createModelReader } from './model-reader.ts';
import { onlySite } from './only-site.ts';
import { drain } from './poller.ts';
import { countRowsNow } from './rebuild-calls.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

/**
 * Throws a Violation unless `verify` in a quiescent world reports the exact drift, including rows dated
 * ahead, with no uncertainty.
 */
export const assertVerified = async (world: World, when: string): Promise<void> => {
  const found = await verifyWith(world, async (cutoffMs) => countRowsNow(world.model, cutoffMs));
  const { started, removed } = world.store.errors;
  assertSame(`${when}: drift found by verify`, sumOf(removed) - sumOf(started), found.drift);
  assertSame(`${when}: possible error of verify`, 0, found.uncertainty);
  const { missing, surplus, uncertainty } = found.settled;
  assertSame(`${when}: drift of past days found by verify`, 0, missing + surplus);
  assertSame(`${when}: possible error for past days`, 0, uncertainty);
};

/** Throws a Violation unless `verify` reports the `injected` surplus rows while `countRows` changes rows. */
export const assertVerifies = async (
  world: World,
  injected: number,
  countRows: (cutoffMs: number) => Promise<RowCounts>,
): Promise<void> => {
  const { drift, uncertainty, settled } = await verifyWith(world, countRows);
  const { started, removed } = world.store.errors;
  assertReported('drift', injected + sumOf(removed) - sumOf(started), { drift, uncertainty });
  const { missing, surplus } = settled;
  const old = { drift: missing - surplus, uncertainty: settled.uncertainty };
  assertReported('drift of past days', injected, old);
};

const assertReported = (what: string, expected: number, { drift, uncertainty }: DriftNow): void => {
  if (expected === 0) assertSame(`While rows change: ${what} found by verify`, 0, drift);
  if (Math.abs(drift - expected) <= uncertainty) return;
  throw new Violation(`verify must report the ${what}`, `${expected} ± ${uncertainty}`, drift);
};

const verifyWith = async (
  world: World,
  countRows: (cutoffMs: number) => Promise<RowCounts>,
): Promise<Verification> => {
  const readCounters = async () => onlySite(world.store.read());
  const found = await verifyRows({
    readCounters,
    countRows: async (cutoffMs) => onlySite(await countRows(cutoffMs)),
    isCounted: createIsCounted({
      reader: createModelReader(world),
      readCounters,
      sleep: async () => undefined,
    }),
    now: () => world.model.nowMs,
    // The projector catches up meanwhile.
    sleep: () => drain(world),
  });
  return found.get(SITE) as Verification;
};
