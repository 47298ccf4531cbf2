import { expect, it } from 'vitest';
import { nextIndex } from '../../../../src/local/dashboard/page/plot-keys.ts';

const TIMES = [10, 20, 30];

it.each([
  ['ArrowLeft', 2, 1],
  ['ArrowLeft', 0, 0],
  ['ArrowLeft', undefined, 2],
  ['ArrowRight', 1, 2],
  ['ArrowRight', 2, 2],
  ['ArrowRight', undefined, 2],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['Tab', 1, undefined],
  ['toString', 1, undefined],
])('%s moves from %s to %s', (key, index, next) => {
  expect(nextIndex(key, index, TIMES)).toBe(next);
});

it('moves nowhere without times', () => {
  expect(nextIndex('End', undefined, [])).toBeUndefined();
});
