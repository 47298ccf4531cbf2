import { SingleBar } from 'cli-progress';
import type { ConsoleStreams } from './console-streams.ts';
import { countOf } from './count-of.ts';

/** A wait of known length. */
export interface Wait {
  /** What the wait is for: `Waiting for visits`. */
  readonly label: string;
  readonly ms: number;
  /** Sleeps for that many milliseconds; an error ends the wait. */
  readonly sleep: (ms: number) => Promise<unknown>;
}

const TICK_MS = 1_000;

/**
 * Waits at least `ms` milliseconds. On a terminal it counts down the seconds on a line that
 * disappears at the end; elsewhere it prints the length of the wait once. Throws what `sleep`
 * throws.
 */
export const countDown = async (stream: ConsoleStreams['err'], wait: Wait): Promise<void> => {
  if (stream.isTTY) return showBar(stream, wait);
  stream.write(`${wait.label}: ${countOf(Math.ceil(wait.ms / TICK_MS), 'second')}.\n`);
  await wait.sleep(wait.ms);
};

const showBar = async (
  stream: ConsoleStreams['err'],
  { label, ms, sleep }: Wait,
): Promise<void> => {
  const endMs = Date.now() + ms;
  const total = Math.ceil(ms / TICK_MS);
  const bar = new SingleBar({
    stream,
    format: `${label}  {bar}  {left} s left`,
    clearOnComplete: true,
  });
  bar.start(total, 0, { left: total });
  try {
    for (let leftMs = ms; leftMs > 0; leftMs = endMs - Date.now()) {
      await sleep(Math.min(leftMs, TICK_MS));
      const left = Math.max(0, Math.ceil((endMs - Date.now()) / TICK_MS));
      bar.update(total - left, { left });
    }
  } finally {
    bar.stop();
  }
};
