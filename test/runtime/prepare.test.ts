import { setTimeout } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { PREPARATION_MS, waitForPreparation } from '../../src/runtime/prepare.ts';

const never = new Promise<never>(() => undefined);

it('waits until the preparation is done', async () => {
  let isDone = false;
  const preparation = setTimeout(5).then(() => {
    isDone = true;
  });
  await waitForPreparation(preparation);
  expect(isDone).toBe(true);
});

it('leaves no timer behind when the preparation is done', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  await waitForPreparation(Promise.resolve());
  expect(timers()).toBe(before);
});

it('stops waiting for a preparation that takes too long, and lets it fail later', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  await waitForPreparation(promise);
  reject(new Error('too late'));
  await setTimeout(1);
  process.off('unhandledRejection', unhandled);
  expect(unhandled.mock.calls).toEqual([]);
});

it('ignores a preparation that fails', async () => {
  await expect(waitForPreparation(Promise.reject(new Error('no')))).resolves.toBeUndefined();
});

it('leaves most of the ten seconds that a container may take to start', async () => {
  expect(PREPARATION_MS).toBeLessThan(5_000);
  await expect(Promise.race([waitForPreparation(never), setTimeout(5_000, 'late')])).resolves.toBe(
    undefined,
  );
});
