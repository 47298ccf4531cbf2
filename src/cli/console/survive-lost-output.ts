import { describeFileError } from '../files/file-error.ts';
import type { ConsoleStreams } from './console-streams.ts';

/**
 * Keeps the process running when its output cannot be written: a closed pipe, as after `| head`, or a full disk. Calls
 * `onLost` with a message when standard output is lost, unless the command handles that itself. What is lost of
 * standard error is ignored, because there is nowhere to report it.
 */
export const surviveLostOutput = (
  { out, err }: ConsoleStreams,
  onLost: (message: string) => void,
): void => {
  err.on('error', () => undefined);
  out.on('error', (cause: Error) => {
    // An export waits for its own writes, and has a message of its own.
    if (out.listenerCount('error') > 1) return;
    const closed = `Standard output was closed before everything was written (${cause.message})`;
    onLost(describeFileError(cause, 'standard output') ?? closed);
  });
};
