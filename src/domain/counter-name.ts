/** The counter of the whole site, which every deployment has. Its rows store no name. */
export const SITE = 'site';

/** The longest name of a counter, in characters. */
export const NAME_MAX_LENGTH = 64;

// Each segment begins with a letter or digit. All characters can stand in a URL's query as they are.
// https://www.rfc-editor.org/rfc/rfc3986#section-3.4
const SEGMENT = '[A-Za-z0-9][A-Za-z0-9._~-]*';
const SEGMENTS = `${SEGMENT}(?:/${SEGMENT})*`;

/** The regular expression of a name, without its length. */
export const NAME_PATTERN = `^${SEGMENTS}$`;

/** The regular expression of a name or of a pattern that ends in `/*`, without its length. */
export const ENTRY_PATTERN = `^${SEGMENTS}(?:/\\*)?$`;

const NAME = new RegExp(NAME_PATTERN);

/** What a name must be, for messages. */
export const NAME_RULE = `1 to ${NAME_MAX_LENGTH} letters, digits, ".", "_", "~" and "-", in segments separated by "/" that begin with a letter or digit`;

/** Whether `text` is the name of a counter. */
export const isCounterName = (text: string): boolean =>
  text.length <= NAME_MAX_LENGTH && NAME.test(text);

/** How many counters one visit may name: each costs a write. */
export const MOST_VISITED = 10;

/** How many counters one request may name to delete a visitor's sessions: each costs a write. */
export const MOST_FORGOTTEN = 50;

/** Of how many counters one request may read both numbers: each costs a read of the index. */
export const MOST_COUNTS = 10;

/** Of how many counters one request may read the total alone: each costs half a read unit. */
export const MOST_TOTALS = 50;

/** The counters of a deployment, beside the site's. */
export interface CounterList {
  readonly names: readonly string[];
  /** Each admits every name that begins with it, and ends with a slash. */
  readonly prefixes: readonly string[];
}

/** Only the site's counter. */
export const NO_OTHER_COUNTERS: CounterList = { names: [], prefixes: [] };

const ALL_BELOW = '/*';

/** Parses names, and patterns that end in `/*`; undefined when one of them is neither. */
export const parseCounterList = (entries: readonly string[]): CounterList | undefined => {
  const isPattern = (entry: string): boolean => entry.endsWith(ALL_BELOW);
  const isValid = (entry: string): boolean =>
    isCounterName(isPattern(entry) ? entry.slice(0, -ALL_BELOW.length) : entry);
  return entries.every(isValid)
    ? {
        names: entries.filter((entry) => !isPattern(entry)),
        prefixes: entries.filter(isPattern).map((entry) => entry.slice(0, -1)),
      }
    : undefined;
};

/**
 * How a deployment admits a counter: `listed` by its name, as the site's always is; `matched` by a pattern, up to
 * the most names that there may be; undefined if it does not.
 */
export const admissionOf = (
  name: string,
  { names, prefixes }: CounterList,
): 'listed' | 'matched' | undefined => {
  if (name === SITE || names.includes(name)) return 'listed';
  const isMatched = isCounterName(name) && prefixes.some((prefix) => name.startsWith(prefix));
  return isMatched ? 'matched' : undefined;
};
