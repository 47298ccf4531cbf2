import { vi } from 'vitest';

const SPEED = 20;
const STEP_MS = 5;

/**
 * Runs `work` with timers, `Date` and `performance` 20 times as fast. Only for work that mostly waits for
 * timers: responses over the network take their normal time, which appears 20 times as long.
 */
export const withFastTimers = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  // This interval is real. It does not catch up after a stall, so a busy machine only makes `work` slower.
  const ticking = setInterval(() => vi.advanceTimersByTime(SPEED * STEP_MS), STEP_MS);
  try {
    return await work();
  } finally {
    clearInterval(ticking);
    vi.useRealTimers();
  }
};
