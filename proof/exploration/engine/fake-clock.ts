import { markOutside } from './closure-memory.ts';

/** A clock that replaces the machine's, for code that calls `Date.now` and sets timers. */
export interface FakeClock {
  /** Sets the time to `nowMs`, epoch milliseconds, and fires the timers due by then. */
  readonly set: (nowMs: number) => void;
  /** Whether the clock was read since it was last set. */
  readonly wasRead: () => boolean;
  /** Restores the machine's clock. */
  readonly restore: () => void;
}

let isInstalled = false;

interface Timer {
  readonly dueMs: number;
  readonly fire: () => void;
}

/** Installs a clock that shows `startMs` until it is set. Throws while another one is installed. */
export const installFakeClock = (startMs: number): FakeClock => {
  if (isInstalled)
    throw new Error('Two programs cannot run at once: the clock is already replaced');
  isInstalled = true;
  const { now } = Date;
  const { setTimeout, clearTimeout } = globalThis;
  const timers = new Set<Timer>();
  let nowMs = startMs;
  let isRead = false;
  Date.now = markOutside(() => {
    isRead = true;
    return nowMs;
  });
  const setTimer = (fire: () => void, ms = 0): Timer => {
    const timer = { dueMs: nowMs + ms, fire };
    timers.add(timer);
    return timer;
  };
  const clearTimer = (timer: Timer): boolean => timers.delete(timer);
  Object.assign(globalThis, { setTimeout: setTimer, clearTimeout: clearTimer });
  return {
    set: (toMs) => {
      nowMs = toMs;
      isRead = false;
      for (const timer of timers) {
        if (timer.dueMs > nowMs) continue;
        timers.delete(timer);
        timer.fire();
      }
    },
    wasRead: () => isRead,
    restore: () => {
      isInstalled = false;
      Date.now = now;
      Object.assign(globalThis, { setTimeout, clearTimeout });
    },
  };
};
