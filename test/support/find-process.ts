import { processesOf } from './processes-of.ts';

/** The id of the process whose program is `program` and that has `argument`; Linux only. */
export const findProcess = (program: string, argument: string): number => {
  for (const [pid, [command = '', ...args]] of processesOf(argument)) {
    if (command.endsWith(program) && args.includes(argument)) return pid;
  }
  throw new Error(`No process is running ${program} with ${argument}`);
};
