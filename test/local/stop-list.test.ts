import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createStopList } from '../../src/local/stop-list.ts';

/** A list of three actions that log their begin and end; those in `failing` throw. */
const listOfThree = (failing: readonly string[] = []) => {
  const log: string[] = [];
  const { onStop, stop } = createStopList();
  for (const name of ['first', 'second', 'third']) {
    onStop(async () => {
      log.push(`${name} stops`);
      await delay(1);
      if (failing.includes(name)) throw new Error(`${name} failed`);
      log.push(`${name} stopped`);
    });
  }
  return { stop, log };
};

const IN_ORDER = ['third', 'second', 'first'].flatMap((name) => [
  `${name} stops`,
  `${name} stopped`,
]);

it('stops the last part first, one after the other', async () => {
  const { stop, log } = listOfThree();
  await stop();
  expect(log).toEqual(IN_ORDER);
});

it('stops each part once, however often it is asked', async () => {
  const { stop, log } = listOfThree();
  const first = stop();
  await stop();
  await first;
  await stop();
  expect(log).toEqual(IN_ORDER);
});

it('stops every part although one fails, then reports the first failure', async () => {
  const { stop, log } = listOfThree(['third', 'second']);
  await expect(stop()).rejects.toThrow('third failed');
  expect(log).toEqual(['third stops', 'second stops', 'first stops', 'first stopped']);
});
