import { expect, it } from 'vitest';
import { valueRange } from '../../../../src/local/dashboard/page/value-range.ts';

const FREE = { min: undefined, max: undefined };

it('has a margin around the values', () => {
  expect(valueRange([100, 200, 150], FREE)).toEqual([90, 210]);
});

it('keeps the limits of the axis', () => {
  expect(valueRange([100, 200], { min: 0, max: undefined })).toEqual([0, 220]);
  expect(valueRange([100, 200], { min: 0, max: 50 })).toEqual([0, 50]);
});

it('is never empty', () => {
  expect(valueRange([], FREE)).toEqual([-1, 1]);
  expect(valueRange([7, 7], FREE)).toEqual([6, 8]);
  expect(valueRange([0], { min: 0, max: undefined })).toEqual([0, 1]);
});
