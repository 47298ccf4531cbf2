import { SITE } from '../../src/domain/counter-name.ts';

/** The counters of every history. */
export const COUNTERS: readonly [string, string, string] = [SITE, 'blog/first-post', 'docs'];

const [, BLOG, DOCS] = COUNTERS;
// Pairs, because other properties of a row depend on whether its number is even.
const COUNTER_OF_PAIR = [SITE, SITE, BLOG, DOCS] as const;

/** The number of consecutive rows that have rows of every counter. */
export const ROWS_OF_ALL = 2 * COUNTER_OF_PAIR.length;

/** The counter of a row. */
export const counterOf = (row: number): string =>
  COUNTER_OF_PAIR[(row >> 1) % COUNTER_OF_PAIR.length] ?? SITE;

// No name, and the name of the site: such rows are rows of the site.
const OTHER_NAMES = ['no name!', SITE];

/** What the images of a row say about its counter. */
export const counterAttribute = (row: number): object => {
  const counter = counterOf(row);
  const name = counter === SITE ? OTHER_NAMES[row % 16] : counter;
  return name === undefined ? {} : { counter_name: { S: name } };
};
