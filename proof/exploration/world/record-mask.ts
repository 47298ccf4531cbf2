/** A set of records of a shard: bit n is the record at place n. */
export type RecordMask = number;

/** Whether a record is in the set. */
export const has = (mask: RecordMask, place: number): boolean => ((mask >>> place) & 1) === 1;

/** The set of the first records of a shard. */
export const firstRecords = (count: number): RecordMask => (1 << count) - 1;

/** How many records from the start of the shard are in the set without a gap. */
export const withoutGap = (mask: RecordMask): number => 31 - Math.clz32(~mask & (mask + 1));
