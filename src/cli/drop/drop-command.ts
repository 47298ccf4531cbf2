import { assertNoUndo } from '../../audit/without-undo.ts';
import { isCounterName, NAME_RULE, SITE } from '../../domain/counter-name.ts';
import { sumRows } from '../../domain/row-counts.ts';
import { hasCounterName } from '../../tables/counter-names.ts';
import { deleteSession } from '../../tables/delete-session.ts';
import { dropName } from '../../tables/drop-name.ts';
import { emptyCounter } from '../../tables/empty-counter.ts';
import { readCounter, readShownCounter } from '../../tables/read-counter.ts';
import { scanSessions } from '../../tables/scan-sessions.ts';
import type { Command, CommandContext } from '../command.ts';
import { UsageError } from '../command-error.ts';
import { countOf } from '../console/count-of.ts';
import { describeBaseline } from '../describe-baseline.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { createPacer } from '../import/pacer.ts';
import { parseArguments, parseWholeNumber } from '../options.ts';
import { readSelectedCounters } from '../read-selected-counters.ts';
import { openRowReader, type RowReader } from '../row-reader.ts';
import { openTarget, type Target } from '../target/target.ts';
import { dropCounter } from './drop-counter.ts';
import { DROP_HELP, DROP_OPTIONS, WRITE_UNITS } from './drop-options.ts';

/** `drop`: takes a counter away with its rows. */
export const dropCommand: Command = {
  summary: 'take a counter away with its rows',
  help: DROP_HELP,
  run: async (args, context) => {
    const { values, positionals } = parseArguments(args, DROP_OPTIONS);
    const { yes, 'max-write-units': given, ...options } = values;
    const counter = parseName(positionals);
    const units = parseWholeNumber('--max-write-units', given, WRITE_UNITS);
    const target = await openTarget(options, context.env);
    const work = { counter, units, target };
    const readCounters = async () => new Map([[counter, await readNow(work)]]);
    const reader = await openRowReader(target, context, counter, readCounters);
    return yes ? drop({ ...work, reader }, context) : preview({ ...work, reader }, context);
  },
};

const parseName = ([name, ...others]: readonly string[]): string => {
  if (name === undefined || others.length > 0) throw new UsageError(DROP_HELP);
  if (!isCounterName(name)) throw new UsageError(`NAME must be ${NAME_RULE}, but it is "${name}"`);
  if (name !== SITE) return name;
  throw new UsageError('The counter of the site cannot be dropped: every deployment has it');
};

interface DropWork {
  readonly counter: string;
  readonly units: number;
  readonly target: Target;
  readonly reader: RowReader;
}

const readNow = ({ counter, target }: Pick<DropWork, 'counter' | 'target'>) =>
  readCounter(target.client, target.countsTable, 'strong', counter);

const preview = async (work: DropWork, { console }: CommandContext): Promise<ExitCode> => {
  const { counter, reader } = work;
  // --yes would be refused.
  assertNoUndo(new Map([[counter, await readNow(work)]]));
  const found = (await reader.countRows(reader.now())).get(counter);
  const rows = found === undefined ? 0 : sumRows(found);
  const { client, countsTable } = work.target;
  const isKnown = rows > 0 || (await hasCounterName(client, countsTable, counter));
  if (!isKnown) await readSelectedCounters(work.target, counter);
  const { total, baseline } = await readShownCounter(client, countsTable, 'strong', counter);
  const text = [
    `Counter ${counter}`,
    `  Distinct sessions  ${total}`,
    ...(baseline ? [`  Baseline           ${describeBaseline(baseline)}`] : []),
    `  Rows               ${rows}`,
    'Nothing was changed. To take the counter away with its rows, run the command again with --yes.',
  ];
  console.print(text.join('\n'), { counter, total, baseline, rows, isDropped: false });
  return EXIT.ok;
};

const drop = async (work: DropWork, context: CommandContext): Promise<ExitCode> => {
  const { counter, target, reader } = work;
  const { client, countsTable } = target;
  const { total } = await readNow(work);
  const rows = await dropCounter({
    ...{ counter, isCounted: reader.isCounted, now: reader.now, sleep: reader.sleep },
    readCounter: () => readNow(work),
    deleteRows: () => deleteRows(work, context),
    empty: (before) => emptyCounter(client, countsTable, counter, before),
  });
  const hadName = await dropName(client, countsTable, counter);
  if (rows === 0 && !hadName) await readSelectedCounters(target, counter);
  const text = `Dropped the counter ${counter} with ${countOf(rows, 'row')}. Its total was ${total}.`;
  context.console.print(text, { counter, total, rows, hadName, isDropped: true });
  return EXIT.ok;
};

// One for the row, one for its entry in the index.
const UNITS_PER_ROW = 2;

const deleteRows = async (
  { counter, units, target }: DropWork,
  { console, clock, signal }: CommandContext,
): Promise<number> => {
  const { client, sessionsTable } = target;
  const pacer = createPacer(units, clock.now());
  const progress = console.progress({ label: 'Deleting', unit: 'row', total: undefined });
  let deleted = 0;
  try {
    for await (const sessions of scanSessions(client, sessionsTable, counter)) {
      signal.throwIfAborted();
      for (const { hash } of sessions) {
        await deleteSession(client, sessionsTable, hash);
        await clock.sleep(pacer.charge(UNITS_PER_ROW, clock.now()), signal);
        deleted += 1;
        progress.advance(1);
      }
    }
  } finally {
    progress.stop();
  }
  return deleted;
};
