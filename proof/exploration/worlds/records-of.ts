import type { PlannedRecord } from '../world/records.ts';
import { START_MS } from '../world/start-time.ts';
import { DAY_MS, HOUR_MS } from './plain.ts';

// 21 digits that grow to 22, which JavaScript numbers cannot distinguish; 40 digits, the maximum; and an
// emulator's small numbers, which grow to two digits.
const NUMBERINGS = [
  999_999_999_999_999_999_998n,
  9_999_999_999_999_999_999_999_999_999_999_999_999_990n,
  8n,
] as const;

/**
 * Records of these kinds, in order, of rows on different days, so that none can be mistaken for another.
 */
export const recordsOf = (
  shard: number,
  kinds: readonly PlannedRecord['kind'][],
  hours: readonly number[] = [],
): PlannedRecord[] => {
  let sequence = NUMBERINGS[shard] ?? 1n;
  return kinds.map((kind, place) => {
    if (kind !== 'unreadable') sequence += 1n;
    return {
      ...{ kind, sequence, row: `row-${'abcdef'[shard]}${place + 1}` },
      firstMs: START_MS - ((shard + place) % 3) * DAY_MS,
      writtenMs: START_MS + (hours[place] ?? 0) * HOUR_MS,
    };
  });
};

/** The same records, with first visits this many days after the start. */
export const datedOn = (
  records: readonly PlannedRecord[],
  days: readonly number[],
): PlannedRecord[] =>
  records.map((record, place) => ({
    ...record,
    firstMs: START_MS + (days[place] ?? 0) * DAY_MS,
  }));
