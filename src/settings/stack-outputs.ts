/**
 * The outputs of a stack that the operator's commands read to find a counter. A stack can have several
 * counters: the key of an output begins with the id of its counter.
 */
export const OUTPUT = {
  sessionsTable: 'SessionsTable',
  countsTable: 'CountsTable',
  /** The settings of all functions, except for the names of the tables, as one JSON object. */
  settings: 'Settings',
} as const;

/**
 * The id of a counter in its stack: the ids of `path`, from the stack down to the construct, reduced
 * to the letters and digits that CloudFormation allows in the key of an output.
 */
export const nameCounterId = (path: readonly string[]): string =>
  path.join('').replace(/[^A-Za-z0-9]/g, '');

/** The key of the output `name` of one counter. */
export const outputKey = (counterId: string, name: string): string => `${counterId}${name}`;

/**
 * The ids of the counters whose outputs have these keys, sorted. The outputs of earlier versions had no
 * prefix, so the id of such a counter is empty.
 */
export const findCounterIds = (keys: readonly string[]): string[] =>
  keys
    .filter((key) => key.endsWith(OUTPUT.sessionsTable))
    .map((key) => key.slice(0, -OUTPUT.sessionsTable.length))
    .filter((id) => keys.includes(outputKey(id, OUTPUT.countsTable)))
    .sort();
