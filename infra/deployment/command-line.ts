import { DEFAULT_FILE } from '../settings/settings-file.ts';

/** How to run `npm run SCRIPT` on the settings `file` with more `options`, to be copied. */
export const commandLine = (script: string, file: string, options: string): string => {
  const settings = file === DEFAULT_FILE ? '' : `--settings ${file} `;
  return `npm run ${script} -- ${settings}${options}`;
};
