import type { Baseline } from '../domain/baseline.ts';

/** Formats a baseline: `10000, since 2019-03-01`, or `none`. */
export const describeBaseline = (baseline: Baseline | undefined): string => {
  if (baseline === undefined) return 'none';
  const { sessions, since } = baseline;
  return since === undefined ? `${sessions}` : `${sessions}, since ${since}`;
};
