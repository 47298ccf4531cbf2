import { styleText } from 'node:util';
import type { ConsoleStreams } from './console-streams.ts';
import { countDown, type Wait } from './countdown.ts';
import { createProgress, type Progress, type ProgressOptions } from './progress.ts';

/** Where a command's words go. */
export interface Console {
  /** The answer: text for a reader, or one line of JSON for a script, on standard output. */
  readonly answer: (text: string, json: object) => void;
  /** A remark on the way, on standard error; a script is spared it. */
  readonly note: (text: string) => void;
  /** A problem, on standard error; for a script one line of JSON. */
  readonly problem: (text: string) => void;
  /** A bar on a terminal's standard error, once the work has taken a second. */
  readonly progress: (options: ProgressOptions) => Progress;
  /** Waits, and tells how long yet, on standard error; a script is spared it. */
  readonly wait: (wait: Wait) => Promise<unknown>;
  readonly paint: Paint;
}

/** Colours text where it is read by a person on a terminal, unless NO_COLOR asks for none. */
export type Paint = (style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;

/** A console for a person, or with `isJson` for a script. */
export const createConsole = ({ out, err }: ConsoleStreams, isJson: boolean): Console => {
  const say = (stream: NodeJS.WritableStream, text: string): void => void stream.write(`${text}\n`);
  return {
    answer: (text, json) => say(out, isJson ? JSON.stringify(json) : text),
    note: (text) => {
      if (!isJson) say(err, text);
    },
    problem: (text) => say(err, isJson ? JSON.stringify({ error: text }) : text),
    progress: (options) => createProgress(err, isJson ? { ...options, isHidden: true } : options),
    wait: (wait) => (isJson ? wait.sleep(wait.ms) : countDown(err, wait)),
    paint: (style, text) => styleText(style, text, { stream: out }),
  };
};
