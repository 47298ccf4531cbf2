import { Duration, Names, RemovalPolicy } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { parseOrigins } from '../../src/settings/readers.ts';
import { DEFAULTS } from '../settings/counter-settings.ts';
import { InvalidPropError } from './invalid-prop-error.ts';
import type { SessionCounterProps, Throttle } from './session-counter-props.ts';

/** The props with each default in its place, and durations as the functions read them. */
export type ResolvedProps = ReturnType<typeof resolveProps>;

/** Fills in the defaults. Throws an InvalidPropError that names the first prop that is wrong. */
export const resolveProps = (scope: Construct, props: SessionCounterProps) => ({
  name: checkName(props.name ?? nameAfterPath(scope)),
  allowedOrigins: checkOrigins(props.allowedOrigins ?? DEFAULTS.allowedOrigins),
  activeWindowMinutes: checkActiveWindow(props.activeWindow ?? DEFAULT_WINDOW),
  activeShards: checkActiveShards(props.activeShards ?? DEFAULTS.activeShards),
  touchIntervalSeconds: checkTouchInterval(props),
  activeReadUnitsPerSecond: checkReadUnits(
    props.activeReadUnitsPerSecond ?? DEFAULTS.activeReadUnitsPerSecond,
  ),
  retentionDays: checkRetention(props.retention ?? DEFAULT_RETENTION),
  hash: resolveHash(props),
  throttle: checkThrottle(props.throttle ?? DEFAULTS),
  alarmEmail: checkEmail(props.alarmEmail),
  alarmTopic: props.alarmTopic,
  tableRemovalPolicy: props.tableRemovalPolicy ?? RemovalPolicy.RETAIN,
  isAuditDaily: props.auditSchedule === undefined,
  auditSchedule: props.auditSchedule ?? Schedule.cron({ hour: '6', minute: '30' }),
  reservedConcurrency: props.reservedConcurrency ?? {},
  runbookUrl: props.runbookUrl,
  bundleFolder: props.bundleFolder ?? 'dist',
});

const DEFAULT_WINDOW = Duration.minutes(DEFAULTS.activeWindowMinutes);

const DEFAULT_RETENTION =
  DEFAULTS.retentionDays === 'forever' ? 'forever' : Duration.days(DEFAULTS.retentionDays);

const NAME_MAX_LENGTH = 64;

// Two constructs differ in their path; two stacks in the name that their path begins with.
const nameAfterPath = (scope: Construct): string =>
  Names.uniqueResourceName(scope, { maxLength: NAME_MAX_LENGTH, separator: '-' });

const checkName = (name: string): string => {
  if (/^[\w-]{1,64}$/.test(name)) return name;
  throw new InvalidPropError('name', `1 to ${NAME_MAX_LENGTH} letters, digits, - or _`, name);
};

const checkOrigins = (origins: '*' | readonly string[]): string => {
  if (origins === '*') return origins;
  if (origins.length > 0 && origins.every(isOrigin)) return origins.join(',');
  throw new InvalidPropError('allowedOrigins', '* or origins such as https://a.example', origins);
};

// The functions' own parser is the judge, so that what is deployed also starts.
const isOrigin = (text: string): boolean => {
  const origins = parseOrigins(text);
  return origins !== '*' && origins?.length === 1;
};

const checkActiveWindow = (window: Duration): number => {
  const minutes = window.toMinutes({ integral: false });
  if (isWholeWithin(minutes, 1, 1440)) return minutes;
  throw new InvalidPropError('activeWindow', '1 to 1440 whole minutes', window.toHumanString());
};

const checkActiveShards = (shards: number): number => {
  if (isWholeWithin(shards, 1, 64)) return shards;
  throw new InvalidPropError('activeShards', '1 to 64', shards);
};

const checkTouchInterval = ({
  touchInterval = Duration.seconds(DEFAULTS.touchIntervalSeconds),
  activeWindow = DEFAULT_WINDOW,
}: SessionCounterProps): number => {
  const seconds = touchInterval.toSeconds({ integral: false });
  const isBelowWindow = seconds < activeWindow.toSeconds({ integral: false });
  if (isWholeWithin(seconds, 0, 3_600) && isBelowWindow) return seconds;
  const expected = '0 to 3600 whole seconds, and below the active window';
  throw new InvalidPropError('touchInterval', expected, touchInterval.toHumanString());
};

const checkReadUnits = (units: number): number => {
  if (isWholeWithin(units, 1, 1_000_000)) return units;
  throw new InvalidPropError('activeReadUnitsPerSecond', '1 to 1000000', units);
};

// The functions read 0 as for ever.
const checkRetention = (retention: Duration | 'forever'): number => {
  if (retention === 'forever') return 0;
  const days = retention.toDays({ integral: false });
  if (isWholeWithin(days, 1, 3650)) return days;
  const expected = '1 to 3650 whole days, or forever';
  throw new InvalidPropError('retention', expected, retention.toHumanString());
};

const resolveHash = ({ hashScheme = DEFAULTS.hashScheme, hashKeySecret }: SessionCounterProps) => {
  if (hashScheme === 'sha256' && hashKeySecret) {
    throw new InvalidPropError('hashKeySecret', 'left out with sha256, which has no key', 'given');
  }
  if (hashKeySecret && hashKeySecret.secretFullArn === undefined) {
    const expected = 'a secret with its full ARN, which the right to read it must name';
    throw new InvalidPropError('hashKeySecret', expected, hashKeySecret.secretName);
  }
  return { scheme: hashScheme, givenKey: hashKeySecret };
};

const checkThrottle = ({ ratePerSecond, burst }: Throttle): Throttle => {
  const throttle = { ratePerSecond, burst };
  if (isWholeWithin(ratePerSecond, 1, 10_000) && isWholeWithin(burst, 1, 5_000)) return throttle;
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
  const expected = 'a ratePerSecond of 1 to 10000 and a burst of 1 to 5000';
  throw new InvalidPropError('throttle', expected, throttle);
};

const checkEmail = (address: string | undefined): string | undefined => {
  if (address === undefined || /^[^\s@]+@[^\s@]+$/.test(address)) return address;
  throw new InvalidPropError('alarmEmail', 'an e-mail address', address);
};

const isWholeWithin = (number: number, min: number, max: number): boolean =>
  Number.isInteger(number) && number >= min && number <= max;
