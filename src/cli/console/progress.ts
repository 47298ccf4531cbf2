import { SingleBar } from 'cli-progress';
import { countOf } from './count-of.ts';

/** Tells how far a long work is. */
export interface Progress {
  /** So many more are done. */
  readonly advance: (count: number) => void;
  /** Takes the bar off the screen. Safe to repeat. */
  readonly stop: () => void;
}

export interface ProgressOptions {
  /** What is done, as a word: `Importing`. */
  readonly label: string;
  /** What is counted, in the singular: `row`. */
  readonly unit: string;
  /** How many there are, as far as it is known; undefined when nobody knows. */
  readonly total: number | undefined;
  readonly isHidden?: boolean;
}

// What is over within a second needs no bar.
const PATIENCE_MS = 1_000;

/** A bar with rate and time left, on a terminal only, from the second second on. */
export const createProgress = (
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
  { label, unit, total, isHidden = false }: ProgressOptions,
): Progress => {
  if (isHidden || !stream.isTTY) return { advance: () => undefined, stop: () => undefined };
  const startedAt = Date.now();
  const bar = new SingleBar({ stream, format: format(label, unit, total), clearOnComplete: true });
  let done = 0;
  let isShown = false;
  const advance = (count: number): void => {
    done += count;
    const seconds = (Date.now() - startedAt) / 1000;
    const rate = countOf(Math.round(done / Math.max(seconds, 0.001)), unit);
    const words = { done: total === undefined ? countOf(done, unit) : done, rate };
    if (isShown) bar.update(Math.min(done, total ?? done), words);
    else if (seconds * 1000 >= PATIENCE_MS) {
      bar.start(total ?? 0, done, words);
      isShown = true;
    }
  };
  return { advance, stop: () => bar.stop() };
};

const format = (label: string, unit: string, total: number | undefined): string =>
  total === undefined
    ? `${label}  {done}  {rate}/s  {duration_formatted}`
    : `${label}  {bar} {percentage} %  {done} of ${countOf(total, unit)}  {rate}/s  {eta_formatted} left`;
