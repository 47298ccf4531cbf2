import { isCounterName, NAME_RULE } from '../domain/counter-name.ts';

/** A request that names counters in a way that nobody can answer. */
export interface InvalidNames {
  readonly error: string;
}

/**
 * The texts in a parameter, separated by commas, each once; none without the parameter. When there are more than
 * `most`, a message that says how many there may be. A text may be no name: no deployment admits it.
 */
export const splitCounterNames = (
  parameter: string,
  text: string | undefined,
  most: number,
): readonly string[] | InvalidNames => {
  const names = text === undefined ? [] : [...new Set(text.split(','))];
  if (names.length <= most) return names;
  const limit = most === 1 ? 'one name' : `at most ${most} names`;
  return { error: `${parameter} must be ${limit}, but there are ${names.length}.` };
};

/**
 * A message that says what a name must be, when none of these texts is one; undefined when one is, or there are no
 * texts. One that is wrong among others is like a counter that the deployment does not admit: on a page where several
 * elements share a request, it must not stop those of the others.
 */
export const refuseNames = (
  parameter: string,
  names: readonly string[],
): InvalidNames | undefined =>
  names.length === 0 || names.some(isCounterName)
    ? undefined
    : { error: `${parameter} must be names of counters, separated by commas: ${NAME_RULE}.` };

/** The texts as from `splitCounterNames`; or the message when there are too many, or when none of them is a name. */
export const parseCounterNames = (
  parameter: string,
  text: string | undefined,
  most: number,
): readonly string[] | InvalidNames => {
  const names = splitCounterNames(parameter, text, most);
  return 'error' in names ? names : (refuseNames(parameter, names) ?? names);
};
