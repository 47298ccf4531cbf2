import {
  admissionOf,
  type CounterList,
  isCounterName,
  NAME_RULE,
  parseCounterList,
  SITE,
} from '../domain/counter-name.ts';
import { COUNTERS_MAX_LENGTH, WATCHED_MAX } from './allowed-values.ts';
import type { VariableName } from './definitions.ts';
import { type Environment, readOptional } from './readers.ts';
import { SettingError } from './setting-error.ts';

/** What a list of counters must hold, for messages. */
export const COUNTERS_RULE =
  `names and patterns such as blog/*, at most ${COUNTERS_MAX_LENGTH} characters with commas, because the ` +
  `environment of a function holds 4 KB in all; a name is ${NAME_RULE}`;

/** What a list of watched counters must hold, for messages. */
export const WATCHED_RULE = `1 to ${WATCHED_MAX} names of counters, without patterns`;

/** Parses a list of names and patterns; undefined when it breaks COUNTERS_RULE. */
export const parseCounters = (entries: readonly string[]): CounterList | undefined =>
  entries.join(',').length <= COUNTERS_MAX_LENGTH ? parseCounterList(entries) : undefined;

/** Whether a list of names and patterns admits a counter. */
export const isAdmitted = (name: string, entries: readonly string[]): boolean => {
  const list = parseCounters(entries);
  return list !== undefined && admissionOf(name, list) !== undefined;
};

/** Whether a list of watched counters follows WATCHED_RULE. */
export const areWatchable = (names: readonly string[]): boolean =>
  names.length > 0 && names.length <= WATCHED_MAX && names.every(isCounterName);

/** The counters beside the site's, by default none. Throws a SettingError when one is malformed or the list too long. */
export const readCounters = (env: Environment): CounterList => {
  const name: VariableName = 'COUNTERS';
  const text = readOptional(env, name);
  const list = parseCounters(splitList(text));
  if (list) return list;
  throw new SettingError(name, COUNTERS_RULE, text);
};

/** The counters whose counts become metrics, by default the site's. Throws a SettingError when one is malformed. */
export const readWatchedCounters = (env: Environment): readonly string[] => {
  const name: VariableName = 'WATCHED_COUNTERS';
  const text = readOptional(env, name) ?? SITE;
  const names = [...new Set(splitList(text))];
  if (areWatchable(names)) return names;
  throw new SettingError(name, WATCHED_RULE, text);
};

/** The entries of a list with commas, trimmed; none without a text. */
export const splitList = (text: string | undefined): string[] =>
  text === undefined ? [] : text.split(',').map((entry) => entry.trim());
