import { styleText } from 'node:util';
import type { ConsoleStreams } from './console-streams.ts';
import { countDown, type Wait } from './countdown.ts';
import { createProgress, type Progress, type ProgressOptions } from './progress.ts';

/** The output of a command. */
export interface Console {
  /** Prints the result on standard output: text for a person, one line of JSON for a script. */
  readonly print: (text: string, json: object) => void;
  /**
   * Writes data on standard output, for a script too; resolves when the stream has taken it, so that nothing piles up
   * in memory. Rejects with the error of the stream, such as EPIPE after `| head`.
   */
  readonly write: (text: string) => Promise<void>;
  /** Prints a message on standard error; not for a script. */
  readonly info: (text: string) => void;
  /** Prints an error on standard error; for a script as one line of JSON. */
  readonly error: (text: string) => void;
  /** Shows a progress bar on a terminal's standard error once the work has taken a second. */
  readonly progress: (options: ProgressOptions) => Progress;
  /** Waits, and shows the remaining time on standard error; not for a script. */
  readonly wait: (wait: Wait) => Promise<unknown>;
  readonly paint: Paint;
}

/** Colors text if standard output is a terminal and NO_COLOR is not set. */
export type Paint = (style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;

/** Creates a console for a person, or for a script if `isJson`. */
export const createConsole = ({ out, err }: ConsoleStreams, isJson: boolean): Console => {
  const writeLine = (stream: NodeJS.WritableStream, text: string): void =>
    void stream.write(`${text}\n`);
  return {
    print: (text, json) => writeLine(out, isJson ? JSON.stringify(json) : text),
    write: (text) => writeAll(out, text),
    info: (text) => {
      if (!isJson) writeLine(err, text);
    },
    error: (text) => writeLine(err, isJson ? JSON.stringify({ error: text }) : text),
    progress: (options) => createProgress(err, isJson ? { ...options, isHidden: true } : options),
    wait: (wait) => (isJson ? wait.sleep(wait.ms) : countDown(err, wait)),
    paint: (style, text) => styleText(style, text, { stream: out }),
  };
};

// The stream emits its error as well, which would end the process if nothing listened.
const writeAll = (stream: NodeJS.WritableStream, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.write(text, (error) => {
      if (error) return reject(error);
      stream.off('error', reject);
      resolve();
    });
  });
