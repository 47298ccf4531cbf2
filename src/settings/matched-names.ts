import { readCounters } from './counter-lists.ts';
import { type Environment, readCountsTable, readInteger } from './readers.ts';

/** Where the names that patterns admit are stored, and how many there may be. */
export interface MatchedNames {
  readonly countsTable: string;
  readonly maxCounters: number;
}

/**
 * The settings of the names that patterns admit; undefined without patterns, because then ingest needs none of them.
 * Throws a SettingError when one is missing or malformed.
 */
export const readMatchedNames = (env: Environment): MatchedNames | undefined =>
  readCounters(env).prefixes.length === 0
    ? undefined
    : { countsTable: readCountsTable(env), maxCounters: readInteger(env, 'MAX_COUNTERS') };
