import type { ShownCounter } from '../domain/baseline.ts';

/**
 * Both parts of a total that a baseline is added to, for a response; nothing without a baseline, so that the response
 * stays the same to the byte.
 */
export const describeParts = ({ total, baseline }: Pick<ShownCounter, 'total' | 'baseline'>) =>
  baseline && { counted_sessions: total, baseline };
