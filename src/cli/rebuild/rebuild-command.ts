import {
  applyCorrection,
  confirmSurvey,
  type RebuildDependencies,
  type Survey,
  surveyRows,
} from '../../audit/rebuild.ts';
import { isNoCorrection } from '../../domain/rebuild.ts';
import { createRebuildStore } from '../../tables/rebuild-counter.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { openRowReader, type RowReader } from '../row-reader.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from '../target/target.ts';
import { formatRebuild } from './format-rebuild.ts';

// The timeout of ingest is 15 s; the rest is for clocks that differ.
const MARGIN = { default: 60, min: 1, max: 3_600 };
// A visit that is late for longer has an alarm, stream-behind.
const APART = { default: 120, min: 1, max: 3_600 };

const HELP = `Compares the counter with the session rows, day by day, and corrects it, while visits go on.

  npm run counter -- rebuild (--stack NAME | --local | ...) [--yes] [--lower-total]
    [--margin SECONDS] [--apart SECONDS] [--json]

It marks a moment ahead, the cutoff, in the counter; from then on the projector counts apart the
sessions of that day since then. It looks for rows that are dated past the cutoff already, waits, reads
all rows, and compares those before the cutoff with the counter, each day by itself. Without --yes it
tells what it found and changes nothing. With --yes it compares once more ${APART.default} seconds later, and when both
comparisons find the same, the counter moves in one write: readers see the old numbers or the new ones.

Sessions that are missing are added to the total. Where the counter has more rows than the table,
removals were lost, since no record is ever counted twice: they are added to the removed rows, and the
total stays. Lost sessions whose rows are gone as well cannot be found again. A row whose first_accessed
was changed, or was not there until a visit set it, looks like both: --yes would count its session twice.

The possible error is the number of rows that came or went, before the cutoff, while the rows were read.
Killed at any point it has done no harm: run it again. A second one at a time takes the place of the
first. The waits go by DynamoDB's own clock, so yours may be wrong.

  --yes              correct the counter
  --lower-total      lower the total where the counter has more rows than the table: for those who know
                     that it was too high, after a bad correction for example
  --margin SECONDS   how long to wait for visits under way, ${MARGIN.min} to ${MARGIN.max} (default ${MARGIN.default}); never less than the
                     timeout of ingest and the difference of its clock and DynamoDB's together
  --apart SECONDS    how far apart the two comparisons are, ${APART.min} to ${APART.max} (default ${APART.default}); an open shard
                     of the stream never says that it is read to its end

${TARGET_HELP}

Exit codes: 0 the counter agrees, now or since before; 1 it does not, and --yes was not given.

Examples:
  npm run counter -- rebuild --stack session-counter
  npm run counter -- rebuild --stack session-counter --yes
  npm run counter -- rebuild --local --margin 15 --yes`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  yes: { type: 'boolean' },
  'lower-total': { type: 'boolean' },
  margin: { type: 'string' },
  apart: { type: 'string' },
} as const;

/** `rebuild`: the counter corrected by the rows. */
export const rebuildCommand: Command = {
  summary: 'correct the counter by the rows, while visits go on',
  help: HELP,
  run: async (args, context) => {
    const values = parseOptions(args, OPTIONS);
    const seconds = parseWholeNumber('--margin', values.margin, MARGIN);
    const target = await openTarget(values, context.env);
    const policy = values['lower-total'] ? 'lower-total' : 'add-removals';
    const apart = parseWholeNumber('--apart', values.apart, APART);
    const wanted = { marginMs: seconds * 1000, confirmAfterMs: apart * 1000, policy } as const;
    const dependencies = await openRebuild(target, wanted, context);
    context.console.note(
      `Counting the rows of ${target.name}; this takes ${2 * seconds + 10} s or more.`,
    );
    const survey = await runRebuild(dependencies, values.yes === true);
    tell(survey, values.yes === true, context);
    return values.yes || isNoCorrection(survey.correction) ? EXIT.ok : EXIT.no;
  },
};

const runRebuild = async (
  dependencies: RebuildDependencies,
  isWanted: boolean,
): Promise<Survey> => {
  const survey = await surveyRows(dependencies);
  if (!isWanted) {
    await dependencies.store.abortRebuild(survey.cutoff.at);
    return survey;
  }
  const confirmed = await confirmSurvey(dependencies, survey);
  await applyCorrection(dependencies, confirmed.correction);
  return confirmed;
};

const openRebuild = async (
  target: Target,
  wanted: Pick<RebuildDependencies, 'marginMs' | 'confirmAfterMs' | 'policy'>,
  context: CommandContext,
): Promise<RebuildDependencies> => {
  const reader = await openRowReader(target, context);
  const store = createRebuildStore(target.client, target.countsTable);
  return { ...reader, ...showWaits(reader, context), store, ...wanted };
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

const tell = (survey: Survey, isCorrected: boolean, { console }: CommandContext): void => {
  const { correction, counter, cutoff, missing, surplus, uncertainty } = survey;
  const [before, after] = [counter.total, counter.total + correction.total];
  const json = { cutoff: cutoff.at, before, after, missing, surplus, uncertainty, isCorrected };
  console.answer(formatRebuild(survey, isCorrected, console.paint), json);
};
