import { markOutside } from './closure-memory.ts';

/** A clock that replaces the machine's, for code that calls `Date.now` and sets timers. */
export interface StandInClock {
  /** Sets the time to `nowMs`, epoch milliseconds, and fires the timers due by then. */
  readonly set: (nowMs: number) => void;
  /** Whether the clock was read since it was last set. */
  readonly wasSeen: () => boolean;
  /** Restores the machine's clock. */
  readonly restore: () => void;
}

interface Timer {
  readonly dueMs: number;
  readonly ring: () => void;
}

/** Installs a clock that shows `startMs` until it is set; only one at a time. */
export const standInForClock = (startMs: number): StandInClock => {
  const { now } = Date;
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Set<Timer>();
  let nowMs = startMs;
  let isSeen = false;
  Date.now = markOutside(() => {
    isSeen = true;
    return nowMs;
  });
  const setTimer = (ring: () => void, ms = 0): Timer => {
    const timer = { dueMs: nowMs + ms, ring };
    timers.add(timer);
    return timer;
  };
  const clearTimer = (timer: Timer): boolean => timers.delete(timer);
  Object.assign(globalThis, { setTimeout: setTimer, clearTimeout: clearTimer });
  return {
    set: (toMs) => {
      nowMs = toMs;
      isSeen = false;
      for (const timer of timers) {
        if (timer.dueMs > nowMs) continue;
        timers.delete(timer);
        timer.ring();
      }
    },
    wasSeen: () => isSeen,
    restore: () => {
      Date.now = now;
      Object.assign(globalThis, { setTimeout, clearTimeout });
    },
  };
};
