import { waitUntilCounted } from '../../audit/until-counted.ts';
import type { RunningUndo } from '../../domain/counter.ts';
import type { Interval } from '../../domain/interval.ts';
import { RETRACT_UNITS, retractSession } from '../../tables/retract-session.ts';
import type { CommandContext } from '../command.ts';
import { countOf } from '../console/count-of.ts';
import { assertRunning } from '../undo/assert-running.ts';
import { beginOrContinue } from '../undo/begin-undo.ts';
import type { UndoWork } from '../undo/undo-work.ts';
import { rowsPerCheck } from '../undo/while-running.ts';
import { type RetractedRows, retractRows } from './retract-rows.ts';

/**
 * Takes back the sessions of an interval, and ends once the projector has counted that. Can be killed at any point and
 * run again: the counter holds the interval until the end, and each row is either there, or marked, or gone. Throws a
 * CommandError when a rebuild or another retract is running, an AuditError when the projector does not keep up, and
 * what the SDK throws.
 */
export const runRetract = async (
  work: UndoWork,
  interval: Interval,
  context: CommandContext,
): Promise<void> => {
  const { counter, store, readCounter } = work;
  const { total: before } = await readCounter();
  const begun = await beginOrContinue(work, { kind: 'retract', ...interval });
  const rows = await takeBack(work, begun, context);
  await waitUntilCounted(work, [counter]);
  // False if another process has ended the same retract, or the answer to the first request was lost.
  await store.endUndo(begun.at);
  const { total: after } = await readCounter();
  const found = { counter, ...interval, ...rows, total: { before, after } };
  context.console.print(describe(found), { ...found, isRetracted: true });
};

const takeBack = async (
  work: UndoWork,
  begun: RunningUndo,
  { console }: CommandContext,
): Promise<RetractedRows> => {
  const { client, sessionsTable } = work.target;
  const progress = console.progress({ label: 'Taking back', unit: 'session', total: undefined });
  try {
    return await retractRows(
      {
        scan: work.scan,
        assertRunning: () => assertRunning(begun, work.readCounter),
        rowsPerCheck: rowsPerCheck(work.units, RETRACT_UNITS),
        retractSession: async (session) => {
          await work.pace(RETRACT_UNITS);
          const isRetracted = await retractSession(client, sessionsTable, session);
          progress.advance(1);
          return isRetracted;
        },
      },
      begun,
    );
  } finally {
    progress.stop();
  }
};

interface Found extends Interval, RetractedRows {
  readonly counter: string;
  readonly total: { readonly before: number; readonly after: number };
}

const describe = ({ counter, from, to, retracted, gone, total }: Found): string =>
  [
    `Took back ${countOf(retracted, 'session')} of the counter ${counter}, first visits from ${from} to ${to}.`,
    ...(gone === 0 ? [] : [`${countOf(gone, 'row')} had been deleted or replaced meanwhile.`]),
    `The total was ${total.before} and is ${total.after}, with the visits that were counted meanwhile.`,
  ].join('\n');
