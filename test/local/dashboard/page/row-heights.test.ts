import { expect, it } from 'vitest';
import { rowHeights } from '../../../../src/local/dashboard/page/row-heights.ts';

const TEXT = 'minmax(var(--text-unit), auto)';
const UNIT = 'minmax(var(--unit), auto)';

it('is less in rows with nothing but texts', () => {
  expect(
    rowHeights([
      { kind: 'text', y: 0, height: 2 },
      { kind: 'chart', y: 1, height: 2 },
      { kind: 'text', y: 3, height: 1 },
    ]),
  ).toEqual([TEXT, UNIT, UNIT, TEXT]);
});

it('has no rows without widgets', () => {
  expect(rowHeights([])).toEqual([]);
});
