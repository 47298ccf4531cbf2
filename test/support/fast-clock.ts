import { setTimeout } from 'node:timers/promises';
import { PAUSE_MS } from '../../src/audit/until-counted.ts';
import type { Clock } from '../../src/cli/clock.ts';

// Slow enough that a busy machine does not look like a stream that has stopped responding.
const TIME_SPEED = 10;
const SLEEP_SPEED = 50;

/** A clock that starts now and runs ten times as fast. It sleeps 20 ms instead of a second. */
export const createFastClock = (): Clock => {
  const startedMs = Date.now();
  return {
    now: () => startedMs + (Date.now() - startedMs) * TIME_SPEED,
    sleep: (ms, signal) => setTimeout(ms / SLEEP_SPEED, undefined, { signal }),
  };
};

/** A fast clock for commands that wait for the projector; `onWait` gets the number of each wait. */
export const createWaitCountingClock = (onWait: (wait: number) => void): Clock => {
  const clock = createFastClock();
  let waits = 0;
  const sleep: Clock['sleep'] = (ms, signal) => {
    if (ms === PAUSE_MS) onWait(++waits);
    return clock.sleep(ms, signal);
  };
  return { ...clock, sleep };
};
