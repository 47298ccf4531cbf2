import type { Command } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { openUndoWork } from '../undo/undo-work.ts';
import { abortRestore } from './abort-restore.ts';
import { previewRestore } from './preview-restore.ts';
import { parseRestore, RESTORE_HELP } from './restore-options.ts';
import { openRestoreWork } from './restore-work.ts';
import { runRestore } from './run-restore.ts';
import type { RestoreSurvey } from './survey-restore.ts';

/** `restore`: brings deleted rows back. */
export const restoreCommand: Command = {
  summary: 'bring back deleted rows from a backup',
  help: RESTORE_HELP,
  run: async (args, context) => {
    const request = parseRestore(args);
    const { source, isPreview } = request;
    if (source === undefined) {
      await abortRestore(await openUndoWork(request, context), context);
      return EXIT.ok;
    }
    const work = await openRestoreWork({ ...request, source }, context);
    if (!isPreview) return exitCodeOf(await runRestore(work));
    const { problem, ...survey } = await previewRestore(work);
    return problem === undefined ? exitCodeOf(survey) : EXIT.problemsFound;
  },
};

const exitCodeOf = ({ rejected, states }: RestoreSurvey): ExitCode =>
  Object.keys(rejected).length === 0 && states.marked === 0 ? EXIT.ok : EXIT.problemsFound;
