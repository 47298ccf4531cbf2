import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../src/cli/clock.ts';

// Slow enough that a busy machine does not look like a stream that has stopped responding.
const SPEED = 10;

/** A clock that starts at the present and runs ten times as fast: a wait of a second takes 100 ms. */
export const createFastClock = (): Clock => {
  const startedMs = Date.now();
  return {
    now: () => startedMs + (Date.now() - startedMs) * SPEED,
    sleep: (ms, signal) => setTimeout(ms / SPEED, undefined, { signal }),
  };
};
