import { commandLine } from '../../src/runtime/command-line.ts';
import { DEFAULT_FILE } from '../settings/settings-file.ts';

/** The command line, to copy, that runs `script` with the settings `file` and `options`. */
export const settingsCommandLine = (script: string, file: string, options: string): string => {
  const settings = file === DEFAULT_FILE ? '' : `--settings ${file} `;
  return commandLine(script, `${settings}${options}`);
};
