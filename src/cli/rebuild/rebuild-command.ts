import {
  applyCorrection,
  confirmSurvey,
  type RebuildDependencies,
  type Survey,
  surveyRows,
} from '../../audit/rebuild.ts';
import { isNoCorrection } from '../../domain/rebuild.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { createRebuildStore } from '../../tables/rebuild-counter.ts';
import type { Command, CommandContext } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { openRowReader, type RowReader } from '../row-reader.ts';
import { openTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from '../target/target.ts';
import { formatRebuild } from './format-rebuild.ts';

// Ingest times out after 15 s; the rest allows for clock skew.
const MARGIN = { default: 60, min: 1, max: 3_600 };
// If visits are counted later than this, the alarm stream-behind goes off.
const INTERVAL = { default: 120, min: 1, max: 3_600 };

const HELP = `Compare the counter with the session rows and correct it, while visits continue.

Usage: ${commandLine('rebuild', '(--stack NAME | --local | ...) [--yes] [--lower-total]')}
         [--margin SECONDS] [--apart SECONDS] [--json]

rebuild writes a cutoff, a time shortly ahead, to the counter. From then on the projector also counts
the sessions of that day since the cutoff separately. rebuild looks for rows that are already dated
past the cutoff, waits, reads all rows, and compares those before the cutoff with the counter, day by
day. Without --yes it reports the differences and changes nothing. With --yes it compares again ${INTERVAL.default}
seconds later. If both comparisons agree, it corrects the counter in one write: readers see either the
old numbers or the new ones.

Missing sessions are added to the total. If the counter has more rows than the table, removals were
lost, because no record is ever counted twice: they are added to the removed rows, and the total stays
the same. Lost sessions whose rows are also gone cannot be recovered. A row whose first_accessed was
changed, or was only added by a later visit, looks like both: --yes would count its session twice.

The possible error is the number of rows dated before the cutoff that came or went while the rows were
read. rebuild can be killed at any time without harm: run it again. If two run at once, the second one
replaces the first. It waits by DynamoDB's clock, so your clock may be wrong.

  --yes              correct the counter
  --lower-total      if the counter has more rows than the table, lower the total instead; only if you
                     know that it was too high, for example after a wrong correction
  --margin SECONDS   how long to wait for visits in progress, ${MARGIN.min} to ${MARGIN.max} (default ${MARGIN.default}); at least
                     the timeout of ingest plus the difference between its clock and DynamoDB's
  --apart SECONDS    time between the two comparisons, ${INTERVAL.min} to ${INTERVAL.max} (default ${INTERVAL.default}); needed because an
                     open shard of the stream never reports that it has been read to its end

${TARGET_HELP}

Exits ${EXIT.ok} if the counter agrees with the rows, or does so now; ${EXIT.problemsFound} if it does not and --yes is missing.

Examples:
  ${commandLine('rebuild', '--stack session-counter')}
  ${commandLine('rebuild', '--stack session-counter --yes')}
  ${commandLine('rebuild', '--local --margin 15 --yes')}`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  yes: { type: 'boolean' },
  'lower-total': { type: 'boolean' },
  margin: { type: 'string' },
  apart: { type: 'string' },
} as const;

/** `rebuild`: corrects the counter from the session rows. */
export const rebuildCommand: Command = {
  summary: 'correct the counter from the session rows, while visits continue',
  help: HELP,
  run: async (args, context) => {
    const values = parseOptions(args, OPTIONS);
    const margin = parseWholeNumber('--margin', values.margin, MARGIN);
    const target = await openTarget(values, context.env);
    const policy = values['lower-total'] ? 'lower-total' : 'add-removals';
    const interval = parseWholeNumber('--apart', values.apart, INTERVAL);
    const settings = { marginMs: margin * 1000, confirmAfterMs: interval * 1000, policy } as const;
    const dependencies = await openRebuild(target, settings, context);
    context.console.info(
      `Counting the rows of ${target.name}; this takes at least ${2 * margin + 10} s.`,
    );
    const survey = await runRebuild(dependencies, values.yes === true);
    printSurvey(survey, values.yes === true, context);
    return values.yes || isNoCorrection(survey.correction) ? EXIT.ok : EXIT.problemsFound;
  },
};

const runRebuild = async (
  dependencies: RebuildDependencies,
  shouldCorrect: boolean,
): Promise<Survey> => {
  const survey = await surveyRows(dependencies);
  if (!shouldCorrect) {
    await dependencies.store.abortRebuild(survey.cutoff.at);
    return survey;
  }
  const confirmed = await confirmSurvey(dependencies, survey);
  await applyCorrection(dependencies, confirmed.correction);
  return confirmed;
};

const openRebuild = async (
  target: Target,
  settings: Pick<RebuildDependencies, 'marginMs' | 'confirmAfterMs' | 'policy'>,
  context: CommandContext,
): Promise<RebuildDependencies> => {
  const reader = await openRowReader(target, context);
  const store = createRebuildStore(target.client, target.countsTable);
  return { ...reader, ...showWaits(reader, context), store, ...settings };
};

const SHORT_WAIT_MS = 2_000;

/** Shows the user what the rebuild is waiting for. */
const showWaits = (
  { sleep, isCounted }: RowReader,
  { console }: CommandContext,
): Pick<RebuildDependencies, 'sleep' | 'isCounted'> => {
  let isReported = false;
  return {
    sleep: (ms) =>
      ms < SHORT_WAIT_MS
        ? sleep(ms)
        : console.wait({ label: 'Waiting for visits in progress', ms, sleep }),
    isCounted: async (untilMs) => {
      const isDone = await isCounted(untilMs);
      if (!isDone && !isReported) console.info('Waiting for the projector to catch up.');
      isReported = !isDone;
      return isDone;
    },
  };
};

const printSurvey = (survey: Survey, isCorrected: boolean, { console }: CommandContext): void => {
  const { correction, counter, cutoff, missing, surplus, uncertainty } = survey;
  const [before, after] = [counter.total, counter.total + correction.total];
  const json = { cutoff: cutoff.at, before, after, missing, surplus, uncertainty, isCorrected };
  console.print(formatRebuild(survey, isCorrected, console.paint), json);
};
