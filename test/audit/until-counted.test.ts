import { expect, it } from 'vitest';
import { waitUntilCounted } from '../../src/audit/until-counted.ts';

it('waits for what was written before it began, even if the projector never catches up', async () => {
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

it.each([
  { countedSeconds: 600, end: 'waits' },
  { countedSeconds: 601, end: 'gives up' },
])('$end when the projector is behind for more than $countedSeconds s', async (given) => {
  let nowMs = 1_795_456_800_000;
  const countedMs = nowMs + given.countedSeconds * 1_000;
  const waiting = waitUntilCounted({
    isCounted: async () => nowMs > countedMs,
    now: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  });
  const ended = waiting.then(
    () => 'waits',
    ({ name }) => (name === 'AuditError' ? 'gives up' : name),
  );
  expect(await ended).toBe(given.end);
});

it('does not give up because one look at the stream takes longer than ten minutes', async () => {
  let nowMs = 1_795_456_800_000;
  const countedMs = nowMs + 60_000;
  await waitUntilCounted({
    isCounted: async () => {
      const isCounted = nowMs > countedMs;
      nowMs += 700_000;
      return isCounted;
    },
    now: () => nowMs,
    sleep: async () => undefined,
  });
  expect(nowMs).toBe(countedMs - 60_000 + 2 * 700_000);
});
