import { commandLine } from '../../src/runtime/command-line.ts';
import { DEFAULT_FILE } from '../settings/settings-file.ts';

/** The command line, to copy, that runs `script` with the settings `file` and `options`. */
export const settingsCommandLine = (script: string, file: string, options: string): string => {
  const settings = file === DEFAULT_FILE ? '' : `--settings ${quote(file)} `;
  return commandLine(script, `${settings}${options}`);
};

// In double quotes, which the shells of every platform know.
const quote = (file: string): string =>
  /^[\w./:\\-]+$/.test(file) ? file : `"${file.replaceAll(/["$`]/g, '\\$&')}"`;
