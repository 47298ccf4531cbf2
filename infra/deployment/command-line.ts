import { DEFAULT_FILE } from '../settings/settings-file.ts';

/** The command line, to copy, that runs `npm run SCRIPT` with the settings `file` and `options`. */
export const commandLine = (script: string, file: string, options: string): string => {
  const settings = file === DEFAULT_FILE ? '' : `--settings ${file} `;
  return `npm run ${script} -- ${settings}${options}`;
};
