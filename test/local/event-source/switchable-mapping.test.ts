import { expect, it } from 'vitest';
import { startSwitchableMapping } from '../../../src/local/event-source/switchable-mapping.ts';

const start = () => {
  let running = 0;
  const mapping = startSwitchableMapping(() => {
    running += 1;
    const stop = async (): Promise<void> => {
      running -= 1;
    };
    return { stop };
  });
  return { mapping, running: () => running };
};

it('is enabled at first, and can be disabled and enabled again', async () => {
  const { mapping, running } = start();
  expect([mapping.state(), running()]).toEqual(['Enabled', 1]);
  await mapping.disable();
  expect([mapping.state(), running()]).toEqual(['Disabled', 0]);
  mapping.enable();
  expect([mapping.state(), running()]).toEqual(['Enabled', 1]);
});

it('can be enabled and disabled twice', async () => {
  const { mapping, running } = start();
  mapping.enable();
  expect(running()).toBe(1);
  await Promise.all([mapping.disable(), mapping.disable()]);
  expect(running()).toBe(0);
});
