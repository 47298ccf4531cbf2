import { setTimeout } from 'node:timers/promises';
import { importSession } from '../../tables/import-session.ts';
import type { Command } from '../command.ts';
import { CommandError, UsageError } from '../command-error.ts';
import { countOf } from '../console/count-of.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { explainHashes, formatImport, formatSurvey } from './format-import.ts';
import {
  assertFree,
  closeImportFiles,
  type ImportFileNames,
  type ImportFiles,
  nameImportFiles,
  openImportFiles,
} from './import-files.ts';
import { IMPORT_HELP, parseImportOptions } from './import-options.ts';
import { importRows } from './import-rows.ts';
import {
  type ImportState,
  type ImportSums,
  NOT_STARTED,
  readState,
  resumeFrom,
} from './import-state.ts';
import { type ImportWork, openImport } from './open-import.ts';
import { createPacer } from './pacer.ts';
import { explainFutureRows } from './rows-ahead.ts';
import { type SourceSurvey, surveyRows } from './survey-rows.ts';

/** `import`: the sessions of an older counter. */
export const importCommand: Command = {
  summary: 'take over the sessions of an older counter',
  help: IMPORT_HELP,
  run: async (args, context) => {
    const options = parseImportOptions(args);
    const work = await openImport(options, context);
    return options.values['dry-run'] ? survey(work) : runImport(work);
  },
};

/** Reads all rows; the answer is no when some would be rejected, or all refused. */
const survey = async (work: ImportWork): Promise<ExitCode> => {
  const found = await surveySource(work);
  const problems = [explainTimes(found, work), explainHashes(found, work.scheme)].filter(
    (problem) => problem !== undefined,
  );
  work.console.print(formatSurvey(found, problems), { isDryRun: true, ...found });
  return found.importable === found.read && problems.length === 0 ? EXIT.ok : EXIT.problemsFound;
};

const explainTimes = ({ ahead, read }: SourceSurvey, { rules }: ImportWork): string | undefined =>
  ahead && explainFutureRows(ahead, { read, timeZone: rules.timeZone });

const surveySource = async ({ source, rules, console, signal }: ImportWork) => {
  const progress = console.progress({ label: 'Reading', unit: 'row', total: undefined });
  const dependencies = { rules, signal, onRows: progress.advance };
  return surveyRows(source, dependencies).finally(progress.stop);
};

const runImport = async (work: ImportWork): Promise<ExitCode> => {
  const { options, source, of, console } = work;
  const startedMs = Date.now();
  const names = nameImportFiles(options.from, options.given);
  assertFree(names, { sources: source.files, of });
  const state = readState(names.state, source.contents) ?? (await beginState(work));
  const sums = await importFrom(state, names, work);
  const seconds = (Date.now() - startedMs) / 1_000;
  console.print(formatImport(sums, { seconds, rejects: names.rejects }), { ...sums, seconds });
  return sums.rejected === 0 ? EXIT.ok : EXIT.problemsFound;
};

/**
 * The state of an import that has not begun. When it must not begin, throws a CommandError for rows
 * in the future and a UsageError for strange hashes.
 */
const beginState = async (work: ImportWork): Promise<ImportState> => {
  const found: SourceSurvey = await surveySource(work);
  const ahead = explainTimes(found, work);
  if (ahead !== undefined) throw new CommandError(`${ahead}. Nothing was written`);
  const problem = explainHashes(found, work.scheme);
  if (problem !== undefined && !work.options.values['count-visitors-again']) {
    throw new UsageError(problem);
  }
  const { contents } = work.source;
  return { contents, total: found.read, ...NOT_STARTED };
};

const importFrom = async (
  kept: ImportState,
  names: ImportFileNames,
  work: ImportWork,
): Promise<ImportSums> => {
  const files = openImportFiles(names, work.of);
  let isDone = false;
  try {
    const sums = await importOn(files, resumeFrom(files, kept), work);
    isDone = true;
    return sums;
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    const text = `${cause.message}. What was imported stays; run it again to go on from there`;
    throw new CommandError(text, { cause });
  } finally {
    closeImportFiles(files, { isDone });
  }
};

const importOn = async (
  files: ImportFiles,
  from: ImportState,
  { target, source, rules, options, console, signal }: ImportWork,
): Promise<ImportSums> => {
  const done = from.sums.read;
  if (done > 0) console.info(`Going on behind ${countOf(done, 'row')} that came before.`);
  const progress = console.progress({ label: 'Importing', unit: 'row', total: from.total - done });
  const dependencies = {
    ...{ source, files, rules, signal, onRows: progress.advance },
    write: importSession.bind(undefined, target.client, target.sessionsTable),
    pacer: createPacer(options.units, Date.now()),
    sleep: (ms: number) => setTimeout(ms, undefined, { signal }),
  };
  return importRows(dependencies, from).finally(progress.stop);
};
