import { isCounterName, NAME_RULE } from '../domain/counter-name.ts';

/** A request that names counters in a way that nobody can answer. */
export interface InvalidNames {
  readonly error: string;
}

/**
 * The names in a parameter, separated by commas, each once; none without the parameter. When one of them is no name, or
 * there are more than `most`, a message that says what the parameter must be.
 */
export const parseCounterNames = (
  parameter: string,
  text: string | undefined,
  most: number,
): readonly string[] | InvalidNames => {
  const names = text === undefined ? [] : [...new Set(text.split(','))];
  if (!names.every(isCounterName)) {
    return { error: `${parameter} must be names of counters, separated by commas: ${NAME_RULE}.` };
  }
  if (names.length <= most) return names;
  const limit = most === 1 ? 'one name' : `at most ${most} names`;
  return { error: `${parameter} must be ${limit}, but there are ${names.length}.` };
};
