import { globSync, readFileSync } from 'node:fs';

/** The id of the process whose program is `program` and that has `argument`; Linux only. */
export const findProcess = (program: string, argument: string): number => {
  const file = globSync('/proc/[0-9]*/cmdline').find((candidate) => {
    const [command = '', ...args] = readIfThere(candidate).split('\0');
    return command.endsWith(program) && args.includes(argument);
  });
  if (file === undefined) throw new Error(`No process runs ${program} with ${argument}`);
  return Number(file.split('/')[2]);
};

// A process may end between the listing and the reading.
const readIfThere = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
