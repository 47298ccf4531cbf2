import { type SessionRules, touchSession } from '../../domain/session-touch.ts';
import type { ImportedSession, ImportOutcome } from '../../tables/import-session.ts';
import { SESSION } from '../../tables/schema.ts';
import { appendRejects, type ImportState, type ImportSums, writeState } from './import-state.ts';
import { judgeOldRow, type OldRow, type OldRowRules } from './old-row.ts';
import type { Pacer } from './pacer.ts';
import type { FoundRow, RowChunk, RowSource } from './row-source.ts';

export interface ImportDependencies {
  readonly source: RowSource;
  readonly write: (session: ImportedSession) => Promise<ImportOutcome>;
  readonly rules: OldRowRules & SessionRules;
  readonly pacer: Pacer;
  readonly files: { readonly rejects: string; readonly state: string };
  readonly isDryRun: boolean;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
}

/**
 * Imports what comes behind the position of `state`, chunk by chunk, and keeps how far it is after
 * each. Whatever ends it, the same import goes on with the chunk that it was at, whose rows are
 * written again without effect. Throws the signal's reason when it is interrupted.
 */
export const importRows = async (
  dependencies: ImportDependencies,
  state: ImportState,
): Promise<ImportSums> => {
  const { source, files, isDryRun, signal, onRows } = dependencies;
  let current = state;
  for await (const chunk of source.read(state.position)) {
    signal.throwIfAborted();
    current = await importChunk(dependencies, current, chunk);
    if (!isDryRun) writeState(files.state, current);
    onRows(chunk.rows.length);
  }
  return current.sums;
};

const importChunk = async (
  dependencies: ImportDependencies,
  state: ImportState,
  { rows, position }: RowChunk,
): Promise<ImportState> => {
  const { rules, files, isDryRun } = dependencies;
  const judged = rows.map((row) => ({ row, verdict: judge(row, rules) }));
  const rejects = judged.flatMap(({ row, verdict }) =>
    typeof verdict === 'string' ? [toReject(row, verdict)] : [],
  );
  const good = judged.flatMap(({ verdict }) => (typeof verdict === 'string' ? [] : [verdict]));
  const outcomes = isDryRun ? [] : await writeAll(dependencies, good);
  const bytes = isDryRun ? 0 : appendRejects(files.rejects, rejects);
  return {
    ...{ name: state.name, position, rejectBytes: state.rejectBytes + bytes },
    sums: addOutcomes(state.sums, outcomes, { read: rows.length, rejected: rejects.length }),
  };
};

const judge = ({ raw }: FoundRow, rules: OldRowRules): OldRow | string =>
  raw === undefined ? 'no row in JSON' : judgeOldRow(raw, rules);

// What else the row held is nobody's business.
const toReject = ({ source, line, raw }: FoundRow, reason: string): object => {
  const kept = [SESSION.hash, SESSION.firstAccessed, SESSION.lastAccessed];
  const row = raw && Object.fromEntries(kept.map((name) => [name, raw[name]]));
  return { source, line, reason, row };
};

const IN_FLIGHT = 32;

const writeAll = async (
  { write, rules, pacer, sleep, signal }: ImportDependencies,
  rows: readonly OldRow[],
): Promise<ImportOutcome[]> => {
  const outcomes: ImportOutcome[] = [];
  const queue = rows.values();
  const work = async (): Promise<void> => {
    for (const row of queue) {
      signal.throwIfAborted();
      const outcome = await write(toSession(row, rules));
      outcomes.push(outcome);
      await sleep(pacer.charge(outcome.writeUnits, Date.now()));
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return outcomes;
};

// An old row does not expire on arrival: its retention begins with the import.
const toSession = (
  { sessionHash, firstMs, lastMs }: OldRow,
  rules: OldRowRules & SessionRules,
): ImportedSession => {
  const { expiresAt } = touchSession(sessionHash, Math.max(rules.nowMs, lastMs), rules);
  const touch = touchSession(sessionHash, lastMs, rules);
  return { ...touch, expiresAt, firstSeenAt: new Date(firstMs).toISOString() };
};

const addOutcomes = (
  sums: ImportSums,
  outcomes: readonly ImportOutcome[],
  { read, rejected }: Pick<ImportSums, 'read' | 'rejected'>,
): ImportSums => {
  const count = (wanted: ImportOutcome['outcome']): number =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  return {
    read: sums.read + read,
    rejected: sums.rejected + rejected,
    inserted: sums.inserted + count('inserted'),
    updated: sums.updated + count('updated'),
    unchanged: sums.unchanged + count('unchanged'),
    writeUnits: outcomes.reduce((sum, { writeUnits }) => sum + writeUnits, sums.writeUnits),
  };
};
