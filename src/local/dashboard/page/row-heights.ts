import type { ShownWidget } from '../../cloudwatch/dashboard/show-dashboard.ts';

type Box = Pick<ShownWidget, 'y' | 'height' | 'kind'>;

/**
 * The height of each row of the grid, as CSS: one unit, and less in a row with nothing but texts, which are as high as
 * their lines. A row grows with its content.
 */
export const rowHeights = (widgets: readonly Box[]): string[] => {
  const length = Math.max(0, ...widgets.map(({ y, height }) => y + height));
  return Array.from({ length }, (_, row) => {
    const inRow = widgets.filter(({ y, height }) => y <= row && row < y + height);
    const unit = inRow.every(({ kind }) => kind === 'text') ? '--text-unit' : '--unit';
    return `minmax(var(${unit}), auto)`;
  });
};
