import { createIsCounted } from '../../src/audit/stream-progress.ts';
import { type Verification, verifyRows } from '../../src/audit/verify.ts';
import type { DriftNow } from '../../src/domain/audit.ts';
import type { RowCounts } from '../../src/domain/row-counts.ts';
import { sumOf } from './errors.ts';
import { createModelReader } from './model-reader.ts';
import { drain } from './poller.ts';
import { countRowsNow } from './rebuild-calls.ts';
import { assertSame, Violation } from './violation.ts';
import type { World } from './world.ts';

/**
 * Throws a Violation unless `verify` in a quiescent world reports the exact drift of a counter, including rows
 * dated ahead, with no uncertainty.
 */
export const assertVerified = async (
  world: World,
  counter: string,
  when: string,
): Promise<void> => {
  const countRows = async (cutoffMs: number) => countRowsNow(world.model, counter, cutoffMs);
  const found = await verifyWith(world, counter, countRows);
  const { started, removed } = world.counters.of(counter).errors;
  assertSame(`${when}: drift found by verify`, sumOf(removed) - sumOf(started), found.drift);
  assertSame(`${when}: possible error of verify`, 0, found.uncertainty);
  const { missing, surplus, uncertainty } = found.settled;
  assertSame(`${when}: drift of past days found by verify`, 0, missing + surplus);
  assertSame(`${when}: possible error for past days`, 0, uncertainty);
};

/** Throws a Violation unless `verify` reports the injected surplus rows of a counter while `countRows` changes rows. */
export const assertVerifies = async (
  world: World,
  { counter, injected }: { readonly counter: string; readonly injected: number },
  countRows: (cutoffMs: number) => Promise<RowCounts>,
): Promise<void> => {
  const { drift, uncertainty, settled } = await verifyWith(world, counter, countRows);
  const { started, removed } = world.counters.of(counter).errors;
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

const verifyWith = (
  world: World,
  counter: string,
  countRows: (cutoffMs: number) => Promise<RowCounts>,
): Promise<Verification> => {
  const readCounter = async () => world.counters.of(counter).read();
  return verifyRows({
    readCounter,
    countRows,
    isCounted: createIsCounted({
      reader: createModelReader(world, counter),
      readCounter,
      sleep: async () => undefined,
    }),
    now: () => world.model.nowMs,
    // The projector catches up meanwhile.
    sleep: () => drain(world),
  });
};
