import { partitionOf } from '../../domain/active-partition.ts';
import type { RunningUndo } from '../../domain/counter.ts';
import { RESTORE_UNITS, type RestoredRow, restoreSession } from '../../tables/restore-session.ts';
import { assertRunning } from '../undo/assert-running.ts';
import { rowsPerCheck, whileRunning } from '../undo/while-running.ts';
import { findRow, type RowState } from './find-row.ts';
import type { RestoreWork } from './restore-work.ts';
import { selectRows } from './selected-rows.ts';
import type { StoredRow } from './stored-row.ts';
import { AT_ONCE } from './survey-restore.ts';

/**
 * Inserts the missing rows of the source, and returns how many rows were in each state. Throws a CommandError if the
 * restore is no longer running, and what the source and the SDK throw.
 */
export const restoreRows = async (
  work: RestoreWork,
  begun: RunningUndo,
): Promise<Record<RowState, number>> => {
  const states = { missing: 0, present: 0, cameBack: 0, expired: 0, marked: 0 };
  const progress = work.console.progress({ label: 'Restoring', unit: 'row', total: undefined });
  const restoreOne = async (row: StoredRow): Promise<void> => {
    states[await restoreRow(row, work, begun)] += 1;
    progress.advance(1);
  };
  const checks = {
    assertRunning: () => assertRunning(begun, work.readCounter),
    rowsPerCheck: rowsPerCheck(work.units, RESTORE_UNITS),
    atOnce: AT_ONCE,
  };
  try {
    for await (const selected of selectRows(work)) {
      const rows = selected.filter((row) => typeof row !== 'string');
      await whileRunning(rows, checks, restoreOne);
    }
  } finally {
    progress.stop();
  }
  return states;
};

const restoreRow = async (
  row: StoredRow,
  work: RestoreWork,
  begun: RunningUndo,
): Promise<RowState> => {
  const state = await findRow(row, work);
  if (state !== 'missing') return state;
  await work.pace(RESTORE_UNITS);
  const { client, sessionsTable } = work.target;
  const isRestored = await restoreSession(client, sessionsTable, toRestored(row, work, begun));
  if (isRestored) return 'missing';
  // Since the row was looked up, the visitor has come back, or the source has brought it back, if it has the row twice.
  return (await findRow(row, work)) === 'present' ? 'present' : 'cameBack';
};

const toRestored = (
  { sessionHash, firstAccessed, lastAccessed, expiresAt }: StoredRow,
  { counter, rules }: RestoreWork,
  { kind, at }: RunningUndo,
): RestoredRow => ({
  ...{ sessionHash, counter, firstAccessed, lastAccessed, expiresAt },
  activeShard: partitionOf(counter, sessionHash, rules.activeShards),
  restored: kind === 'restore' ? at : undefined,
});
