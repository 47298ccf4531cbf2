import { expect, it } from 'vitest';
import { createPacer } from '../../../src/cli/import/pacer.ts';

it('limits the units per second', () => {
  const pacer = createPacer(10, 0);
  expect([0, 0, 0].map((now) => pacer.charge(2, now))).toEqual([200, 400, 600]);
});

it('allows no burst after a pause', () => {
  const pacer = createPacer(10, 0);
  expect(pacer.charge(1, 60_000)).toBe(100);
});

it('adds no wait if writes are slow enough', () => {
  const pacer = createPacer(10, 0);
  pacer.charge(1, 0);
  expect(pacer.charge(0, 500)).toBe(0);
});
