import { waitUntilCounted } from '../../audit/until-counted.ts';
import type { RunningRetract } from '../../domain/counter.ts';
import type { Interval } from '../../domain/interval.ts';
import { RETRACT_UNITS, retractSession } from '../../tables/retract-session.ts';
import type { CommandContext } from '../command.ts';
import { CommandError } from '../command-error.ts';
import { countOf } from '../console/count-of.ts';
import { beginOrContinue } from './begin-retract.ts';
import { type RetractedRows, retractRows } from './retract-rows.ts';
import type { RetractWork } from './retract-work.ts';

/**
 * Takes back the sessions of an interval, and ends once the projector has counted that. Can be killed at any point and
 * run again: the counter holds the interval until the end, and each row is either there, or marked, or gone. Throws a
 * CommandError when a rebuild or another retract is running, an AuditError when the projector does not keep up, and
 * what the SDK throws.
 */
export const runRetract = async (
  work: RetractWork,
  interval: Interval,
  context: CommandContext,
): Promise<void> => {
  const { counter, store, readCounter } = work;
  const { total: before } = await readCounter();
  const begun = await beginOrContinue(work, interval);
  const rows = await takeBack(work, begun, context);
  await waitUntilCounted(work, [counter]);
  // False if another process has ended the same retract, or the answer to the first request was lost.
  await store.endRetract(begun.at);
  const { total: after } = await readCounter();
  const found = { counter, ...interval, ...rows, total: { before, after } };
  context.console.print(describe(found), { ...found, isRetracted: true });
};

const takeBack = async (
  work: RetractWork,
  begun: RunningRetract,
  { console }: CommandContext,
): Promise<RetractedRows> => {
  const { client, sessionsTable } = work.target;
  const progress = console.progress({ label: 'Taking back', unit: 'session', total: undefined });
  try {
    return await retractRows(
      {
        scan: work.scan,
        assertRunning: () => assertRunning(work, begun),
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

// A rebuild may begin as soon as the retract has ended.
const assertRunning = async ({ readCounter }: RetractWork, { at }: RunningRetract) => {
  const { retract } = await readCounter();
  if (retract?.at === at) return;
  throw new CommandError(
    'Another process has ended this retract or given it up. The counter is exact; run the command again to see ' +
      'which sessions are left',
  );
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
