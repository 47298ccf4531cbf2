import type { Axis } from '../../cloudwatch/dashboard/dashboard.ts';

/** How far an axis extends beyond its values, as a part of their range. */
const MARGIN = 0.1;

/**
 * The lowest and the highest value of an axis that shows `values`, among them horizontal lines. A limit of the axis
 * is kept; without one, there is a margin. Never empty, so that a constant is visible.
 */
export const valueRange = (
  values: readonly number[],
  { min, max }: Pick<Axis, 'min' | 'max'>,
): [number, number] => {
  const low = min ?? values.reduce((a, b) => Math.min(a, b), values[0] ?? 0);
  const high = max ?? values.reduce((a, b) => Math.max(a, b), values[0] ?? 0);
  if (high <= low) return [min ?? low - 1, max ?? low + 1];
  const margin = (high - low) * MARGIN;
  return [min ?? low - margin, max ?? high + margin];
};
