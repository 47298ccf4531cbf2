import { type SessionRules, touchSession } from '../../domain/session-touch.ts';
import type { ImportedSession, ImportOutcome } from '../../tables/import-session.ts';
import { CommandError } from '../command-error.ts';
import type { ImportFiles } from './import-files.ts';
import { type ImportState, type ImportSums, keepChunk } from './import-state.ts';
import { OLD_ATTRIBUTES, type OldRow } from './old-row.ts';
import type { Pacer } from './pacer.ts';
import { parseRows, type RowRules } from './parse-rows.ts';
import type { FoundRow, RowChunk, RowSource } from './row-source.ts';
import { explainFutureRows } from './rows-ahead.ts';

export interface ImportDependencies {
  readonly source: RowSource;
  readonly write: (session: ImportedSession) => Promise<ImportOutcome>;
  readonly rules: RowRules & SessionRules;
  readonly pacer: Pacer;
  readonly files: ImportFiles;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
}

/**
 * Imports what comes behind the position of `state`, chunk by chunk, and keeps how far it is after
 * each. Whatever ends it, the same import goes on with the chunk that it was at, whose rows are
 * written again without effect. Throws a CommandError at a chunk with a time in the future, before
 * it writes any of its rows, for a table may have changed since it was surveyed; and the signal's
 * reason when it is interrupted.
 */
export const importRows = async (
  dependencies: ImportDependencies,
  state: ImportState,
): Promise<ImportSums> => {
  const { source, files, signal, onRows } = dependencies;
  let current = state;
  for await (const chunk of source.read(state.position)) {
    signal.throwIfAborted();
    const { rejects, sums } = await importChunk(dependencies, current.sums, chunk);
    current = keepChunk(files, rejects, { ...current, position: chunk.position, sums });
    onRows(chunk.rows.length);
  }
  return current.sums;
};

/** What became of a row: it was written, or rejected for a reason. */
type RowResult = ImportOutcome | string;

const importChunk = async (
  dependencies: ImportDependencies,
  sums: ImportSums,
  { rows }: RowChunk,
): Promise<{ readonly rejects: readonly object[]; readonly sums: ImportSums }> => {
  const { verdicts, ahead } = parseRows(rows, dependencies.rules);
  if (ahead) {
    const { timeZone } = dependencies.rules;
    throw new CommandError(explainFutureRows(ahead, { read: rows.length, timeZone }));
  }
  const results = await importAll(dependencies, verdicts);
  const rejects = rows.flatMap((row, index) => {
    const result = results[index];
    return typeof result === 'string' ? [toReject(row, result)] : [];
  });
  return { rejects, sums: addResults(sums, results) };
};

const MAX_SHOWN = 2_048;

// What else the row held is nobody's business.
const toReject = ({ source, line, raw }: FoundRow, reason: string): object => {
  if (typeof raw === 'string') return { source, line, reason };
  const shown = (value: unknown): unknown =>
    typeof value === 'string' ? value.slice(0, MAX_SHOWN) : value;
  const row = Object.fromEntries(OLD_ATTRIBUTES.map((name) => [name, shown(raw[name])]));
  return { source, line, reason, row };
};

const IN_FLIGHT = 32;

/** The results in the order of the rows. */
const importAll = async (
  dependencies: ImportDependencies,
  verdicts: readonly (OldRow | string)[],
): Promise<RowResult[]> => {
  const results: RowResult[] = [];
  const queue = verdicts.entries();
  const work = async (): Promise<void> => {
    for (const [index, verdict] of queue) results[index] = await importRow(dependencies, verdict);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return results;
};

const importRow = async (
  { write, rules, pacer, sleep, signal }: ImportDependencies,
  verdict: OldRow | string,
): Promise<RowResult> => {
  if (typeof verdict === 'string') return verdict;
  signal.throwIfAborted();
  const result = await write(toSession(verdict, rules)).catch(refusalOf);
  await sleep(pacer.charge(typeof result === 'string' ? 1 : result.writeUnits, Date.now()));
  return result;
};

// The tables' keys are known to be right, so what DynamoDB finds not valid is this row, or the one
// that it meets, as one of 400 kB. Everything else would befall the next row too.
const REFUSALS: readonly string[] = ['ValidationException', 'SerializationException'];

const refusalOf = (error: Error): string => {
  if (REFUSALS.includes(error.name)) return `DynamoDB refuses it: ${error.message}`;
  throw error;
};

// An old row does not expire on arrival: its retention begins with the import.
const toSession = (
  { sessionHash, firstMs, lastMs }: OldRow,
  rules: RowRules & SessionRules,
): ImportedSession => {
  const { expiresAt } = touchSession(sessionHash, Math.max(rules.now(), lastMs), rules);
  const touch = touchSession(sessionHash, lastMs, rules);
  return { ...touch, expiresAt, firstSeenAt: new Date(firstMs).toISOString() };
};

const addResults = (sums: ImportSums, results: readonly RowResult[]): ImportSums => {
  const written = results.filter((result) => typeof result !== 'string');
  const count = (wanted: ImportOutcome['outcome']): number =>
    written.filter(({ outcome }) => outcome === wanted).length;
  return {
    read: sums.read + results.length,
    rejected: sums.rejected + results.length - written.length,
    inserted: sums.inserted + count('inserted'),
    updated: sums.updated + count('updated'),
    unchanged: sums.unchanged + count('unchanged'),
    writeUnits: written.reduce((sum, { writeUnits }) => sum + writeUnits, sums.writeUnits),
  };
};
