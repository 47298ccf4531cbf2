import { applyCorrections } from '../../audit/apply-corrections.ts';
import { abortAll } from '../../audit/begun-rebuilds.ts';
import {
  type CounterSurvey,
  confirmSurvey,
  isCorrect,
  type RebuildDependencies,
  type Survey,
  surveyRows,
} from '../../audit/rebuild.ts';
import { mapCounters } from '../../domain/by-counter.ts';
import { createRebuildStore } from '../../tables/rebuild-counter.ts';
import type { Command, CommandContext } from '../command.ts';
import { parseCounterOption } from '../counter-option.ts';
import { EXIT } from '../exit-code.ts';
import { jsonByCounter } from '../json-by-counter.ts';
import { parseOptions, parseWholeNumber } from '../options.ts';
import { openRowReader, type RowReader } from '../row-reader.ts';
import { openTarget, type Target } from '../target/target.ts';
import { formatRebuild } from './format-rebuild.ts';
import { INTERVAL, MARGIN, REBUILD_HELP, REBUILD_OPTIONS } from './rebuild-options.ts';

/** `rebuild`: corrects the counter from the session rows. */
export const rebuildCommand: Command = {
  summary: 'correct the counter from the session rows, while visits continue',
  help: REBUILD_HELP,
  run: async (args, context) => {
    const values = parseOptions(args, REBUILD_OPTIONS);
    const name = parseCounterOption(values.counter);
    const margin = parseWholeNumber('--margin', values.margin, MARGIN);
    const target = await openTarget(values, context.env);
    const policy = values['lower-total'] ? 'lower-total' : 'add-removals';
    const interval = parseWholeNumber('--apart', values.apart, INTERVAL);
    const settings = { marginMs: margin * 1000, confirmAfterMs: interval * 1000, policy } as const;
    const dependencies = await openRebuild(target, name, settings, context);
    context.console.info(
      `Counting the rows of ${target.name}; this takes at least ${2 * margin + 10} s.`,
    );
    const survey = await runRebuild(dependencies, values.yes === true);
    printSurvey(survey, values.yes === true, context);
    return values.yes || isCorrect(survey) ? EXIT.ok : EXIT.problemsFound;
  },
};

const runRebuild = async (
  dependencies: RebuildDependencies,
  shouldCorrect: boolean,
): Promise<Survey> => {
  const survey = await surveyRows(dependencies);
  if (!shouldCorrect) {
    await abortAll(survey.cutoff.at, survey.counters.keys(), dependencies);
    return survey;
  }
  const confirmed = await confirmSurvey(dependencies, survey);
  await applyCorrections(dependencies, confirmed);
  return confirmed;
};

const openRebuild = async (
  target: Target,
  name: string | undefined,
  settings: Pick<RebuildDependencies, 'marginMs' | 'confirmAfterMs' | 'policy'>,
  context: CommandContext,
): Promise<RebuildDependencies> => {
  const reader = await openRowReader(target, context, name);
  const storeOf = (counter: string) =>
    createRebuildStore(target.client, target.countsTable, counter);
  return { ...reader, ...showWaits(reader, context), storeOf, ...settings };
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
    isCounted: async (untilMs, names) => {
      const isDone = await isCounted(untilMs, names);
      if (!isDone && !isReported) console.info('Waiting for the projector to catch up.');
      isReported = !isDone;
      return isDone;
    },
  };
};

const printSurvey = (survey: Survey, isCorrected: boolean, { console }: CommandContext): void => {
  const describe = ({ correction, counter, ...found }: CounterSurvey) => {
    const { missing, surplus, uncertainty } = found;
    const [before, after] = [counter.total, counter.total + correction.total];
    const cutoff = survey.cutoff.at;
    return { cutoff, before, after, missing, surplus, uncertainty, isCorrected };
  };
  const json = jsonByCounter(mapCounters(survey.counters, describe));
  console.print(formatRebuild(survey, isCorrected, console.paint), json);
};
