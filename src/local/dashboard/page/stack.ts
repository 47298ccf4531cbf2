import { type Cell, hasValues } from './chart-columns.ts';

/**
 * The tops of stacked columns, the first at the bottom. Where only some series have a value, the others count as 0;
 * where none has one, the stack is interrupted. A column without values stays empty.
 */
export const stackColumns = (columns: readonly (readonly Cell[])[]): Cell[][] => {
  const isEmptyAt = (row: number): boolean =>
    columns.every((column) => typeof column[row] !== 'number');
  const heights: number[] = [];
  return columns.map((column) =>
    column.map((value, row) => {
      const height = (heights[row] ?? 0) + (value ?? 0);
      heights[row] = height;
      return isEmptyAt(row) || !hasValues(column) ? null : height;
    }),
  );
};
