import { type CounterList, SITE } from '../../src/domain/counter-name.ts';
import {
  areWatchable,
  COUNTERS_RULE,
  isAdmitted,
  parseCounters,
  WATCHED_RULE,
} from '../../src/settings/counter-lists.ts';
import { SETTINGS } from '../../src/settings/definitions.ts';
import { InvalidPropError } from './invalid-prop-error.ts';
import type { SessionCounterProps } from './session-counter-props.ts';
import { checkNumber } from './whole-number.ts';

/** The settings of the counters beside the site's, whose list is valid. Throws an InvalidPropError. */
export const resolveCounters = ({ counters = [], maxCounters, watch }: SessionCounterProps) => ({
  COUNTERS: counters.join(','),
  MAX_COUNTERS: String(checkNumber(SETTINGS.MAX_COUNTERS, maxCounters)),
  WATCHED_COUNTERS: checkWatched(watch ?? SETTINGS.WATCHED_COUNTERS.default, counters).join(','),
});

/** The counters beside the site's. Throws an InvalidPropError. */
export const listCounters = ({ counters = [] }: SessionCounterProps) => {
  const list = parseCounters(counters);
  if (list) return list;
  throw new InvalidPropError(SETTINGS.COUNTERS.prop, COUNTERS_RULE, counters);
};

/** Whether a list admits any counter beside the site's. */
export const hasOtherCounters = ({ names, prefixes }: CounterList): boolean =>
  prefixes.length > 0 || names.some((name) => name !== SITE);

/** The counters whose counts are metrics: the site's, which the alarms need, and then those in `watch`. */
export const listWatched = ({ watch = [] }: SessionCounterProps): readonly string[] => [
  ...new Set([...SETTINGS.WATCHED_COUNTERS.default, ...watch]),
];

const checkWatched = (watch: readonly string[], counters: readonly string[]): readonly string[] => {
  const { prop } = SETTINGS.WATCHED_COUNTERS;
  if (!areWatchable(watch)) throw new InvalidPropError(prop, WATCHED_RULE, watch);
  const unknown = watch.find((name) => !isAdmitted(name, counters));
  if (unknown === undefined) return watch;
  throw new InvalidPropError(prop, 'names that counters admits', unknown);
};
