import { commandLine } from '../runtime/command-line.ts';
import { StartError } from './start-error.ts';

/**
 * Returns what `listen` returns. Turns its error into a StartError that says why the port cannot be
 * used and what to do.
 */
export const explainPortError = async <Result>(
  port: number,
  listen: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await listen();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const message =
      code === 'EADDRINUSE'
        ? `Port ${port} is in use; choose another, for example: ${commandLine('start', `--port ${port + 1}`)}`
        : `Cannot listen on port ${port} (${code})`;
    throw new StartError(message, { cause });
  }
};
