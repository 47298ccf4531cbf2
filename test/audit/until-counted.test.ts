import { expect, it } from 'vitest';
import { waitUntilCounted } from '../../src/audit/until-counted.ts';

it('what was written until it began is waited for, though the projector never gets to the present', async () => {
  let nowMs = 1_795_456_800_000;
  const begin = nowMs;
  await waitUntilCounted({
    isCounted: async (untilMs) => untilMs <= nowMs - 5_000,
    now: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  });
  expect(nowMs).toBe(begin + 5_000);
});
