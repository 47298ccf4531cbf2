import type { Counter } from '../../../src/domain/counter.ts';

/**
 * The fields of a counter reading that a row comparison uses: all but the stream progress, which the
 * command checks separately.
 */
export const comparedFields = ({
  total,
  removed,
  startedByDay,
  removedByDay,
  rebuild,
}: Counter): unknown => ({ total, removed, startedByDay, removedByDay, rebuild });
