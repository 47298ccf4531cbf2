import { SingleBar } from 'cli-progress';
import { countOf } from './count-of.ts';

/** The progress of a long task. */
export interface Progress {
  /** Adds to the number that is done. */
  readonly advance: (count: number) => void;
  /** Removes the bar from the screen. Safe to call twice. */
  readonly stop: () => void;
}

export interface ProgressOptions {
  /** The activity: `Importing`. */
  readonly label: string;
  /** The noun that is counted, in the singular: `row`. */
  readonly unit: string;
  /** How many there are, at least roughly; undefined if unknown. */
  readonly total: number | undefined;
  readonly isHidden?: boolean;
}

// A shorter task needs no bar.
const SHOW_AFTER_MS = 1_000;

/** A progress bar with rate and time left; on a terminal only, and only after the first second. */
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
    const values = { done: total === undefined ? countOf(done, unit) : done, rate };
    if (isShown) bar.update(Math.min(done, total ?? done), values);
    else if (seconds * 1000 >= SHOW_AFTER_MS) {
      bar.start(total ?? 0, done, values);
      isShown = true;
    }
  };
  return { advance, stop: () => bar.stop() };
};

const format = (label: string, unit: string, total: number | undefined): string =>
  total === undefined
    ? `${label}  {done}  {rate}/s  {duration_formatted}`
    : `${label}  {bar} {percentage} %  {done} of ${countOf(total, unit)}  {rate}/s  {eta_formatted} left`;
