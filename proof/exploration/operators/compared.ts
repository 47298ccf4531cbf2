import type { Counter } from '../../../src/domain/counter.ts';

/**
 * What a comparison of rows makes use of in a reading of the counter: all but how far the stream is
 * counted, of which the command asks apart, and when.
 */
export const comparedOf = ({
  total,
  removed,
  startedByDay,
  removedByDay,
  rebuild,
}: Counter): unknown => ({ total, removed, startedByDay, removedByDay, rebuild });
