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
 * `verify` in a world at rest must tell by how much the counter is wrong, those dated ahead among
 * them, and be sure of it.
 */
export const assertVerified = async (world: World, when: string): Promise<void> => {
  const found = await verifyWith(world, async (cutoffMs) => countRowsNow(world.model, cutoffMs));
  const { started, removed } = world.ledger.errors;
  assertSame(`${when} the drift that verify finds`, sumOf(removed) - sumOf(started), found.drift);
  assertSame(`${when} the possible error of it`, 0, found.uncertainty);
  const { missing, surplus, uncertainty } = found.settled;
  assertSame(`${when} what verify finds of the days before`, 0, missing + surplus);
  assertSame(`${when} the possible error of that`, 0, uncertainty);
};

/** `verify` while `countRows` lets rows come and go must tell so many rows too many, if any. */
export const assertVerifies = async (
  world: World,
  planted: number,
  countRows: (cutoffMs: number) => Promise<RowCounts>,
): Promise<void> => {
  const { drift, uncertainty, settled } = await verifyWith(world, countRows);
  const { started, removed } = world.ledger.errors;
  assertTold('drift', planted + sumOf(removed) - sumOf(started), { drift, uncertainty });
  const { missing, surplus } = settled;
  const old = { drift: missing - surplus, uncertainty: settled.uncertainty };
  assertTold('drift of the days before', planted, old);
};

const assertTold = (what: string, expected: number, { drift, uncertainty }: DriftNow): void => {
  if (expected === 0) assertSame(`While rows change, the ${what} that verify finds`, 0, drift);
  if (Math.abs(drift - expected) <= uncertainty) return;
  throw new Violation(`verify must tell the ${what}`, `${expected} ± ${uncertainty}`, drift);
};

const verifyWith = (
  world: World,
  countRows: (cutoffMs: number) => Promise<RowCounts>,
): Promise<Verification> => {
  const readCounter = async () => world.ledger.read();
  return verifyRows({
    readCounter,
    countRows,
    isCounted: createIsCounted({
      reader: createModelReader(world),
      readCounter,
      sleep: async () => undefined,
    }),
    now: () => world.model.nowMs,
    // The projector catches up while it waits.
    sleep: () => drain(world),
  });
};
