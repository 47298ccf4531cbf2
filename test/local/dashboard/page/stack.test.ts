import { expect, it } from 'vitest';
import { stackColumns } from '../../../../src/local/dashboard/page/stack.ts';

it('puts each column on top of those before it', () => {
  expect(
    stackColumns([
      [1, 2],
      [10, 20],
      [100, 200],
    ]),
  ).toEqual([
    [1, 2],
    [11, 22],
    [111, 222],
  ]);
});

it('counts a missing value as 0 where another series has one', () => {
  expect(
    stackColumns([
      [1, null],
      [undefined, 2],
    ]),
  ).toEqual([
    [1, 0],
    [1, 2],
  ]);
});

it('is interrupted where no series has a value', () => {
  expect(
    stackColumns([
      [1, null, 0],
      [2, undefined, null],
    ]),
  ).toEqual([
    [1, null, 0],
    [3, null, 0],
  ]);
});

it('leaves a column without values empty', () => {
  expect(
    stackColumns([
      [1, 2],
      [undefined, null],
      [3, 4],
    ]),
  ).toEqual([
    [1, 2],
    [null, null],
    [4, 6],
  ]);
});
