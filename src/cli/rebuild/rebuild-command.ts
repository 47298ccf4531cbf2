import { type Correction, instantsOfRebuild } from '../../domain/rebuild.ts';
import { createRebuildStore } from '../../tables/rebuild-counter.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { openRowReader, type RowReader } from '../rows/row-reader.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from '../target/target.ts';
import { type RebuildDependencies, type Survey, surveyRows, switchTotal } from './rebuild.ts';

// The timeout of ingest is 15 s; the rest is for clocks that differ.
const MARGIN = { default: 60, min: 1, max: 3_600 };

const HELP = `Counts the total anew from the session rows, while visits go on.

  npm run counter -- rebuild (--stack NAME | --local | ...) [--yes] [--margin SECONDS] [--json]

It marks a moment some seconds ahead in the counter; from then on the projector counts newer sessions
apart. It waits, reads all rows, and reckons: rows before the moment + removed + sessions since.
Without --yes it tells what it found and changes nothing. With --yes the total moves in one write:
readers see the old number or the new one. The days' numbers of today and yesterday move as well;
older ones cannot be known again from rows that are gone.

The possible error is the number of old rows that were deleted while the rows were read. Killed at
any point it has done no harm: run it again. A second one at a time takes the place of the first.

  --yes              move the total
  --margin SECONDS   how long to wait for visits under way, ${MARGIN.min} to ${MARGIN.max} (default ${MARGIN.default}); never less
                     than the timeout of ingest and the difference of the clocks together

${TARGET_HELP}

Exit codes: 0 the counter agrees, now or since before; 1 it does not, and --yes was not given.

Examples:
  npm run counter -- rebuild --stack session-counter
  npm run counter -- rebuild --stack session-counter --yes
  npm run counter -- rebuild --local --margin 15 --yes`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  yes: { type: 'boolean' },
  margin: { type: 'string' },
} as const;

/** `rebuild`: the total anew from the rows. */
export const rebuildCommand: Command = {
  summary: 'count the total anew from the rows, while visits go on',
  help: HELP,
  run: async (args, context) => {
    const values = parseOptions(args, OPTIONS);
    const seconds = parseWholeNumber('--margin', values.margin, MARGIN);
    const target = await openTarget(values, context.env);
    const dependencies = await openRebuild(target, seconds * 1000, context);
    context.console.note(
      `Counting the rows of ${target.name}; this takes ${seconds + 10} s or more.`,
    );
    const survey = await surveyRows(dependencies);
    if (values.yes) await switchTotal(dependencies, survey.correction);
    else await dependencies.store.dropCut(survey.correction.cut);
    tell(survey, { isSwitched: values.yes === true }, context);
    return values.yes || survey.correction.drift === 0 ? EXIT.ok : EXIT.no;
  },
};

const openRebuild = async (
  target: Target,
  marginMs: number,
  context: CommandContext,
): Promise<RebuildDependencies> => {
  const reader = await openRowReader(target, context);
  const countRows = (cut: string) => reader.countRowsBefore(instantsOfRebuild(cut));
  const store = createRebuildStore(target.client, target.countsTable);
  return { ...reader, ...showWaits(reader, context), countRows, store, marginMs };
};

const LONG_MS = 2_000;

/** The same waits, and the reader is told what for. */
const showWaits = (
  { sleep, isCounted }: RowReader,
  { console }: CommandContext,
): Pick<RebuildDependencies, 'sleep' | 'isCounted'> => {
  let isTold = false;
  return {
    sleep: (ms) =>
      ms < LONG_MS
        ? sleep(ms)
        : console.wait({ label: 'Waiting for visits that are under way', ms, sleep }),
    isCounted: async (untilMs) => {
      const isDone = await isCounted(untilMs);
      if (!isDone && !isTold) console.note('Waiting until the projector has counted them.');
      isTold = !isDone;
      return isDone;
    },
  };
};

const tell = (
  { total, correction }: Survey,
  { isSwitched }: { readonly isSwitched: boolean },
  { console }: CommandContext,
): void => {
  const { cut, drift, uncertainty } = correction;
  const json = { cut, before: total, after: total + drift, drift, uncertainty, isSwitched };
  const text = [
    `Total before         ${total}`,
    `Total after          ${console.paint('bold', `${total + drift}`)}`,
    `Possible error       ${uncertainty}`,
    describeEnd(correction, isSwitched),
  ];
  console.answer(text.join('\n'), json);
};

const describeEnd = ({ drift }: Correction, isSwitched: boolean): string => {
  if (drift === 0) return 'The counter agrees with the rows.';
  return isSwitched
    ? 'The total has moved. Visits since are counted in both numbers.'
    : 'Nothing has moved. To move the total, run it again with --yes.';
};
