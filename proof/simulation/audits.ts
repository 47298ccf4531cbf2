import { createAudit } from '../../src/audit/audit.ts';
import type { ByCounter } from '../../src/domain/by-counter.ts';
import type { RowDrift } from '../../src/domain/row-comparison.ts';
import type { RowCounts } from '../../src/domain/row-counts.ts';
import type { Log } from '../../src/runtime/log.ts';
import { changeRows, countChangingRows, type Injected, undoRows } from './changing-rows.ts';
import { COUNTERS } from './counters.ts';
import { drain } from './poller.ts';
import { countRowsOf } from './scans.ts';
import { beginUndo, endUndo } from './undos.ts';
import { assertNotVerified, assertVerifies } from './verifications.ts';
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
/** What changes rows besides visits, imports and removals. */
const CHANGES = ['none', 'retract', 'none', 'restore'] as const;

/**
 * Runs audit and verify while rows in both halves of the table come and go between reading one half and the other: by
 * visits, imports and removals, in some worlds by retracts or restores as well. Throws a Violation when they report
 * drift of a counter that does not exist, or miss an injected drift by more than their stated uncertainty; or when
 * verify reports anything during a retract or a restore, which hides removals.
 */
export const auditWhileRowsChange = async (world: World): Promise<void> => {
  // Which counter gets which drift, and what changes rows, differs between histories.
  const first = world.model.known.size;
  const drift = (place: number): number => INJECTED[(first + place) % INJECTED.length] ?? 0;
  const undo = CHANGES[first % CHANGES.length] ?? 'none';
  for (const rows of [() => 0, drift]) {
    const injected = new Map(COUNTERS.map((counter, place) => [counter, rows(place)]));
    if (undo === 'none') await auditDuringVisits(world, injected);
    else await auditDuringUndo(world, injected, undo);
  }
};

const auditDuringVisits = async (world: World, injected: Injected): Promise<void> => {
  const countRows = (cutoffMs: number): Promise<ByCounter<RowCounts>> =>
    countChangingRows(world, { injected, cutoffMs }, (rows) => changeRows(world, rows));
  await assertAudits(world, injected, countRows);
  await assertVerifies(world, injected, countRows);
};

/** When it begins and ends: before the rows are read and after it, between both halves and after it, or in between. */
const SPANS = ['around', 'into', 'between'] as const;

const auditDuringUndo = async (
  world: World,
  injected: Injected,
  kind: 'retract' | 'restore',
): Promise<void> => {
  const span = SPANS[Math.floor(world.model.known.size / 4) % SPANS.length];
  for (const audit of [assertAudits, assertNotVerified]) {
    if (span === 'around') await beginUndos(world, kind);
    await audit(world, injected, (cutoffMs) =>
      countChangingRows(world, { injected, cutoffMs }, async (rows) => {
        if (span !== 'around') await beginUndos(world, kind);
        undoRows(world, kind, rows);
        changeRows(world, rows);
        if (span === 'between') await endUndos(world);
      }),
    );
    await endUndos(world);
    await drain(world);
  }
};

type CountRows = (cutoffMs: number) => Promise<ByCounter<RowCounts>>;

const assertAudits = async (
  world: World,
  injected: Injected,
  countRows: CountRows,
): Promise<void> => {
  const { counters } = await createAudit({
    readCounters: async () => world.counters.written(COUNTERS),
    countRows,
    now: () => world.model.nowMs,
    // The projector lags at first and catches up while the audit waits.
    sleep: () => drain(world),
    log: SILENT,
    batchingWindowMs: 0,
  })(AUDIT_MS);
  for (const [counter, surplus] of injected) assertReported(counters.get(counter), surplus);
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

// The days of the interval are those of all rows that may be changed.
const beginUndos = async (world: World, kind: 'retract' | 'restore'): Promise<void> => {
  const { rows, deleted } = world.model;
  const firstVisits = [...rows.values(), ...deleted.values()];
  const from = new Date(Math.min(0, ...firstVisits)).toISOString();
  const to = new Date(Math.max(0, ...firstVisits) + 1).toISOString();
  for (const counter of COUNTERS) await beginUndo(world, counter, { kind, from, to });
};

const endUndos = async (world: World): Promise<void> => {
  for (const counter of COUNTERS) {
    const { undo } = world.counters.of(counter).read();
    if (undo) await endUndo(world, counter, undo);
  }
};
