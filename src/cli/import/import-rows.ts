import { type SessionRules, touchSession } from '../../domain/session-touch.ts';
import type { ImportedSession, ImportOutcome } from '../../tables/import-session.ts';
import type { Clock } from '../clock.ts';
import { CommandError } from '../command-error.ts';
import type { ImportFiles } from './import-files.ts';
import { type ImportState, type ImportSums, saveChunk } from './import-state.ts';
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
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onRows: (rows: number) => void;
}

/**
 * Imports the rows after the position of `state`, chunk by chunk, and saves its state after each
 * chunk. However it ends, the same import resumes with the unfinished chunk; writing its rows again
 * has no effect. Throws a CommandError before it writes a chunk with a time in the future, because
 * a table may have changed since the survey, and the signal's reason if it is interrupted.
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
    current = saveChunk(files, rejects, { ...current, position: chunk.position, sums });
    onRows(chunk.rows.length);
  }
  return current.sums;
};

/** The outcome of a row, or the reason for its rejection. */
type RowResult = ImportOutcome | string;

const importChunk = async (
  dependencies: ImportDependencies,
  sums: ImportSums,
  { rows }: RowChunk,
): Promise<{ readonly rejects: readonly object[]; readonly sums: ImportSums }> => {
  const { results: parsed, ahead } = parseRows(rows, dependencies.rules);
  if (ahead) {
    const { timeZone } = dependencies.rules;
    throw new CommandError(explainFutureRows(ahead, { read: rows.length, timeZone }));
  }
  const results = await importAll(dependencies, parsed);
  const rejects = rows.flatMap((row, index) => {
    const result = results[index];
    return typeof result === 'string' ? [toReject(row, result)] : [];
  });
  return { rejects, sums: addResults(sums, results) };
};

const MAX_VALUE_LENGTH = 2_048;

// Other attributes may be personal data.
const toReject = ({ source, line, raw }: FoundRow, reason: string): object => {
  if (typeof raw === 'string') return { source, line, reason };
  const shorten = (value: unknown): unknown =>
    typeof value === 'string' ? value.slice(0, MAX_VALUE_LENGTH) : value;
  const row = Object.fromEntries(OLD_ATTRIBUTES.map((name) => [name, shorten(raw[name])]));
  return { source, line, reason, row };
};

const IN_FLIGHT = 32;

/** Writes rows in parallel; returns the results in the order of the rows. */
const importAll = async (
  dependencies: ImportDependencies,
  parsed: readonly (OldRow | string)[],
): Promise<RowResult[]> => {
  const results: RowResult[] = [];
  const queue = parsed.entries();
  const work = async (): Promise<void> => {
    for (const [index, row] of queue) results[index] = await importRow(dependencies, row);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return results;
};

const importRow = async (
  { write, rules, pacer, clock, signal }: ImportDependencies,
  row: OldRow | string,
): Promise<RowResult> => {
  if (typeof row === 'string') return row;
  signal.throwIfAborted();
  const result = await write(toSession(row, rules)).catch(toRejection);
  const units = typeof result === 'string' ? 1 : result.writeUnits;
  await clock.sleep(pacer.charge(units, clock.now()), signal);
  if (typeof result === 'string' || result.outcome !== 'of another counter') return result;
  return 'a row of another counter has this session_hash';
};

// The table's keys have been checked, so a validation error concerns only this row or the stored
// row that it updates, for example one of 400 kB. Any other error would also affect the next row.
const ROW_ERRORS: readonly string[] = ['ValidationException', 'SerializationException'];

const toRejection = (error: Error): string => {
  if (ROW_ERRORS.includes(error.name)) return `rejected by DynamoDB: ${error.message}`;
  throw error;
};

// Retention starts with the import, so that an old row does not expire at once.
const toSession = (
  { sessionHash, counter: name, firstMs, lastMs }: OldRow,
  rules: RowRules & SessionRules,
): ImportedSession => {
  const counter = name ?? rules.counter;
  const { expiresAt } = touchSession(sessionHash, Math.max(rules.now(), lastMs), rules, counter);
  const touch = touchSession(sessionHash, lastMs, rules, counter);
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
