import type { ByCounter } from '../domain/by-counter.ts';
import { type Counter, EMPTY_COUNTER } from '../domain/counter.ts';
import { SITE } from '../domain/counter-name.ts';
import { readCounter } from '../tables/read-counter.ts';
import { scanCounters } from '../tables/scan-counters.ts';
import { CommandError } from './command-error.ts';
import type { Target } from './target/target.ts';

/**
 * The counter with this name, or all of them, by strongly consistent reads. Throws a CommandError if there is no
 * such counter, and what the SDK throws.
 */
export const readSelectedCounters = async (
  { client, countsTable, name: target }: Pick<Target, 'client' | 'countsTable' | 'name'>,
  name: string | undefined,
): Promise<ByCounter<Counter>> => {
  if (name === undefined) return scanCounters(client, countsTable, 'strong');
  const counter = await readCounter(client, countsTable, 'strong', name);
  if (counter !== EMPTY_COUNTER || name === SITE) return new Map([[name, counter]]);
  const known = listNames(await scanCounters(client, countsTable));
  throw new CommandError(`There is no counter ${name} in ${target}. It has ${known}`);
};

const MAX_LISTED = 20;

/** The first names of these counters, for a message. */
export const listNames = (counters: ByCounter<unknown>): string => {
  const names = [...counters.keys()].sort();
  const more = names.length - MAX_LISTED;
  return names.slice(0, MAX_LISTED).join(', ') + (more > 0 ? ` and ${more} more` : '');
};
