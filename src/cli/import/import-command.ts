import { importSession } from '../../tables/import-session.ts';
import type { Command } from '../command.ts';
import { CommandError, UsageError } from '../command-error.ts';
import { countOf } from '../console/count-of.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { explainHashes, formatImport, formatSurvey } from './format-import.ts';
import {
  assertUsable,
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

/** `import`: imports the sessions of an older counter. */
export const importCommand: Command = {
  summary: 'import the sessions of an older counter',
  help: IMPORT_HELP,
  run: async (args, context) => {
    const options = parseImportOptions(args);
    const work = await openImport(options, context);
    return options.values['dry-run'] ? dryRun(work) : runImport(work);
  },
};

/** Reads all rows; finds a problem if some would be rejected, or if nothing would be imported. */
const dryRun = async (work: ImportWork): Promise<ExitCode> => {
  const found = await surveySource(work);
  const problems = [explainTimes(found, work), explainHashes(found, hashesOf(work))].filter(
    (problem) => problem !== undefined,
  );
  work.console.print(formatSurvey(found, problems), { isDryRun: true, ...found });
  return found.importable === found.read && problems.length === 0 ? EXIT.ok : EXIT.problemsFound;
};

const hashesOf = ({ scheme, rules }: ImportWork) => ({ scheme, counter: rules.counter });

const explainTimes = ({ ahead, read }: SourceSurvey, { rules }: ImportWork): string | undefined =>
  ahead && explainFutureRows(ahead, { read, timeZone: rules.timeZone });

const surveySource = async ({ source, rules, console, signal }: ImportWork) => {
  const progress = console.progress({ label: 'Reading', unit: 'row', total: undefined });
  const dependencies = { rules, signal, onRows: progress.advance };
  return surveyRows(source, dependencies).finally(progress.stop);
};

const runImport = async (work: ImportWork): Promise<ExitCode> => {
  const { options, source, of, console, clock } = work;
  const startedMs = clock.now();
  const names = nameImportFiles(options.from, options.given);
  assertUsable(names, { sources: source.files, of });
  const state = readState(names.state, source.contents) ?? (await beginState(work));
  const sums = await importFrom(state, names, work);
  const seconds = (clock.now() - startedMs) / 1_000;
  console.print(formatImport(sums, { seconds, rejects: names.rejects }), { ...sums, seconds });
  return sums.rejected === 0 ? EXIT.ok : EXIT.problemsFound;
};

/**
 * Surveys the source and returns the state of a new import. Throws a CommandError if rows are dated
 * in the future, and a UsageError if hashes are not the counter's.
 */
const beginState = async (work: ImportWork): Promise<ImportState> => {
  const found: SourceSurvey = await surveySource(work);
  const ahead = explainTimes(found, work);
  if (ahead !== undefined) throw new CommandError(`${ahead}. Nothing was written`);
  const problem = explainHashes(found, hashesOf(work));
  if (problem !== undefined && !work.options.values['count-visitors-again']) {
    throw new UsageError(problem);
  }
  const { contents } = work.source;
  return { contents, total: found.read, ...NOT_STARTED };
};

const importFrom = async (
  state: ImportState,
  names: ImportFileNames,
  work: ImportWork,
): Promise<ImportSums> => {
  const files = openImportFiles(names, work.of);
  let isDone = false;
  try {
    const sums = await importWith(files, resumeFrom(files, state), work);
    isDone = true;
    return sums;
  } catch (cause) {
    if (!(cause instanceof CommandError)) throw cause;
    const text = `${cause.message}. Imported rows are kept; run the command again to continue`;
    throw new CommandError(text, { cause });
  } finally {
    closeImportFiles(files, { isDone });
  }
};

const importWith = async (
  files: ImportFiles,
  from: ImportState,
  { target, source, rules, options, console, clock, signal }: ImportWork,
): Promise<ImportSums> => {
  const done = from.sums.read;
  if (done > 0) console.info(`Continuing after ${countOf(done, 'row')}.`);
  const progress = console.progress({ label: 'Importing', unit: 'row', total: from.total - done });
  const dependencies = {
    ...{ source, files, rules, signal, onRows: progress.advance },
    write: importSession.bind(undefined, target.client, target.sessionsTable),
    pacer: createPacer(options.units, clock.now()),
    clock,
  };
  return importRows(dependencies, from).finally(progress.stop);
};
