import { Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { COUNTER_NAME, HASH_SCHEMES } from '../../src/settings/allowed-values.ts';
import { SETTINGS, type VariableName } from '../../src/settings/definitions.ts';
import { parseOrigins } from '../../src/settings/readers.ts';
import { checkActiveShards } from './active-shards.ts';
import { resolveCounters } from './counters.ts';
import { InvalidPropError } from './invalid-prop-error.ts';
import type { SessionCounterProps } from './session-counter-props.ts';
import type { Throttle } from './throttle.ts';
import { checkDuration, checkNumber, describeRange } from './whole-number.ts';

/** The settings of the functions that a prop decides. */
export type PropVariable = {
  [Name in VariableName]: (typeof SETTINGS)[Name] extends { prop: string } ? Name : never;
}[VariableName];

/**
 * The settings that the props decide, as the functions read them, with defaults filled in. Throws an
 * InvalidPropError that names the first invalid prop.
 */
export const resolveVariables = (
  scope: Construct,
  props: SessionCounterProps,
  throttle: Throttle,
): Readonly<Record<PropVariable, string>> => ({
  COUNTER_NAME: checkName(props.name ?? nameAfterPath(scope)),
  ALLOWED_ORIGINS: checkOrigins(props),
  ...resolveCounters(props),
  NEW_SESSIONS_PER_HOUR: String(
    checkNumber(SETTINGS.NEW_SESSIONS_PER_HOUR, props.newSessionsPerHour),
  ),
  ACTIVE_WINDOW_MINUTES: String(checkActiveWindow(props)),
  ACTIVE_SHARDS: String(checkActiveShards(props.activeShards, throttle)),
  TOUCH_INTERVAL_SECONDS: String(checkTouchInterval(props)),
  ACTIVE_READ_UNITS_PER_SECOND: String(
    checkNumber(SETTINGS.ACTIVE_READ_UNITS_PER_SECOND, props.activeReadUnitsPerSecond),
  ),
  RETENTION_DAYS: String(checkRetention(props)),
  FILTER_AUTOMATION: String(props.filterAutomation ?? SETTINGS.FILTER_AUTOMATION.default),
  EDGE_REQUIRED: String(props.edgeRequired ?? SETTINGS.EDGE_REQUIRED.default),
  HASH_SCHEME: checkScheme(props.hashScheme ?? SETTINGS.HASH_SCHEME.default),
});

const NAME_MAX_LENGTH = 64;

// The path is unique: it begins with the name of the stack.
const nameAfterPath = (scope: Construct): string =>
  Names.uniqueResourceName(scope, { maxLength: NAME_MAX_LENGTH, separator: '-' });

const checkName = (name: string): string => {
  if (COUNTER_NAME.test(name)) return name;
  const expected = `1 to ${NAME_MAX_LENGTH} letters, digits, - or _`;
  throw new InvalidPropError(SETTINGS.COUNTER_NAME.prop, expected, name);
};

// The environment of a function holds 4 KB. The other variables take up to 1.1 KB with the longest names of the
// resources: a test adds them up.
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const LISTS_MAX_LENGTH = 2_800;

const checkOrigins = ({ allowedOrigins, counters = [] }: SessionCounterProps): string => {
  const { prop, default: all } = SETTINGS.ALLOWED_ORIGINS;
  const origins = allowedOrigins ?? all;
  if (origins === '*') return origins;
  const refuse = (expected: string) => new InvalidPropError(prop, expected, origins);
  if (origins.length === 0 || !origins.every(isOrigin)) {
    throw refuse('* or origins such as https://a.example');
  }
  const most = LISTS_MAX_LENGTH - counters.join(',').length;
  const text = origins.join(',');
  if (text.length <= most) return text;
  throw refuse(
    `at most ${most} characters with commas, which is ${LISTS_MAX_LENGTH} without those of counters, ` +
      'because the environment of a function holds 4 KB in all',
  );
};

// Checked by the functions' own parser, so that every deployed value lets them start.
const isOrigin = (text: string): boolean => {
  const origins = parseOrigins(text);
  return origins !== '*' && origins?.length === 1;
};

// An app in JavaScript has no types, and the function that hashes would not start.
const checkScheme = (scheme: string): string => {
  if (HASH_SCHEMES.some((known) => known === scheme)) return scheme;
  throw new InvalidPropError(SETTINGS.HASH_SCHEME.prop, HASH_SCHEMES.join(' or '), scheme);
};

const checkActiveWindow = ({ activeWindow }: SessionCounterProps): number =>
  checkDuration(SETTINGS.ACTIVE_WINDOW_MINUTES, activeWindow);

const BELOW_WINDOW = ', and below the active window';

// The message always has both conditions, whichever is violated.
const checkTouchInterval = ({ touchInterval, ...props }: SessionCounterProps): number => {
  const definition = SETTINGS.TOUCH_INTERVAL_SECONDS;
  const seconds = checkDuration(definition, touchInterval, BELOW_WINDOW);
  if (seconds < checkActiveWindow(props) * 60) return seconds;
  const expected = `${describeRange(definition)} whole ${definition.unit}${BELOW_WINDOW}`;
  throw new InvalidPropError(definition.prop, expected, touchInterval?.toHumanString());
};

// The functions take 0 as forever.
const checkRetention = ({ retention }: SessionCounterProps): number =>
  retention === SETTINGS.RETENTION_DAYS.zero
    ? 0
    : checkDuration({ ...SETTINGS.RETENTION_DAYS, min: 1 }, retention, ', or forever');
