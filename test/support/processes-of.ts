import { globSync, readFileSync } from 'node:fs';

/** The arguments of each process that has `word` in one of them, by process id; Linux only. */
export const processesOf = (word: string): ReadonlyMap<number, readonly string[]> =>
  new Map(
    globSync('/proc/[0-9]*/cmdline').flatMap((file) => {
      const args = readIfThere(file).split('\0');
      const isOne = args.some((arg) => arg.includes(word));
      return isOne ? [[Number(file.split('/')[2]), args] as const] : [];
    }),
  );

// A process may end between listing and reading.
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
