import { expect, it } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/cli/clock.ts';

const never = new AbortController().signal;

it('the system clock waits as long as it is told', async () => {
  const startedMs = performance.now();
  await SYSTEM_CLOCK.sleep(50, never);
  // A timer may fire up to a millisecond early.
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(49);
});

it('the system clock is that of this machine', () => {
  const before = Date.now();
  const now = SYSTEM_CLOCK.now();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});

it('a wait ends with an error as soon as the signal aborts', async () => {
  const abort = new AbortController();
  const sleep = SYSTEM_CLOCK.sleep(3_600_000, abort.signal);
  abort.abort(new Error('SIGINT'));
  await expect(sleep).rejects.toThrow('aborted');
});
