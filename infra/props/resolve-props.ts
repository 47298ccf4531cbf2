import { RemovalPolicy, Token } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { DIGEST_RHYTHMS, type DigestRhythm } from '../../src/settings/allowed-values.ts';
import { BATCHING_WINDOW } from './batching-window.ts';
import { checkSecretVersion } from './check-secret-version.ts';
import { listCounters, listWatched } from './counters.ts';
import { checkDomain } from './domain.ts';
import { EMAIL_ADDRESS } from './email-address.ts';
import { checkExistingTables } from './existing-tables.ts';
import { InvalidPropError } from './invalid-prop-error.ts';
import { resolveVariables } from './resolve-variables.ts';
import type { SessionCounterProps } from './session-counter-props.ts';
import { DEFAULT_THROTTLE, THROTTLE, type Throttle } from './throttle.ts';
import { checkDuration, describeRange, isWithin } from './whole-number.ts';

/** The props with their defaults filled in, and the settings of the functions made of them. */
export type ResolvedProps = ReturnType<typeof resolveProps>;

/** Fills in the defaults. Throws an InvalidPropError that names the first invalid prop. */
export const resolveProps = (scope: Construct, props: SessionCounterProps) => {
  const throttle = checkThrottle(props.throttle ?? DEFAULT_THROTTLE);
  const counters = listCounters(props);
  const variables = resolveVariables(scope, props, throttle);
  return {
    name: variables.COUNTER_NAME,
    variables,
    counters,
    watched: listWatched(props),
    hasKey: variables.HASH_SCHEME !== 'sha256',
    ...checkGivenKey(props),
    batchingWindowSeconds: checkDuration(BATCHING_WINDOW, props.batchingWindow),
    throttle,
    isDualStack: props.dualStack ?? true,
    ...checkDomain(scope, props),
    hasEdge: props.edge ?? false,
    edgeSecretVersion: checkSecretVersion(props.edgeSecretVersion),
    digest: checkDigest(props),
    ...checkAlarms(props),
    hasDashboard: props.dashboard ?? true,
    existingTables: checkExistingTables(scope, props),
    tableRemovalPolicy: props.tableRemovalPolicy ?? RemovalPolicy.RETAIN,
    isAuditDaily: props.auditSchedule === undefined,
    auditSchedule: props.auditSchedule ?? Schedule.cron({ hour: '6', minute: '30' }),
    hasLegacyRoute: props.legacyRoute ?? false,
    reservedConcurrency: checkConcurrency(props),
    bundleFolder: props.bundleFolder,
  };
};

const checkGivenKey = ({ hashScheme, hashKeyParameter, hashKeySecret }: SessionCounterProps) => {
  const given = Object.entries({ hashKeyParameter, hashKeySecret }).filter(([, place]) => place);
  const [useless] = hashScheme === 'sha256' ? given : given.slice(1);
  if (useless) {
    const reason = hashScheme === 'sha256' ? 'sha256, which has no key' : given[0]?.[0];
    throw new InvalidPropError(useless[0], `left out with ${reason}`, 'given');
  }
  if (hashKeySecret && hashKeySecret.secretFullArn === undefined) {
    const expected = 'a secret with its full ARN, which the permission to read it must name';
    throw new InvalidPropError('hashKeySecret', expected, hashKeySecret.secretName);
  }
  return { hashKeyParameter, hashKeySecret };
};

const checkThrottle = ({ ratePerSecond, burst }: Throttle): Throttle => {
  const throttle = { ratePerSecond, burst };
  const areWithin =
    isWithin(ratePerSecond, THROTTLE.ratePerSecond) && isWithin(burst, THROTTLE.burst);
  if (areWithin) return throttle;
  const rates = describeRange(THROTTLE.ratePerSecond);
  const bursts = describeRange(THROTTLE.burst);
  const expected = `a ratePerSecond of ${rates} and a burst of ${bursts}`;
  throw new InvalidPropError('throttle', expected, throttle);
};

// A prop without an effect would be a mistake that nobody notices: no e-mail ever comes.
const checkAlarms = ({
  alarms = true,
  alarmEmail,
  alarmTopic,
  runbookUrl,
}: SessionCounterProps) => {
  const given = Object.entries({ alarmEmail, alarmTopic, runbookUrl });
  const [useless] = alarms ? [] : given.filter(([, value]) => value !== undefined);
  if (useless) throw new InvalidPropError(useless[0], 'left out with alarms: false', 'given');
  return { hasAlarms: alarms, alarmEmail: checkEmail(alarmEmail), alarmTopic, runbookUrl };
};

const checkDigest = ({
  digest = 'off',
  alarms = true,
  alarmEmail,
  alarmTopic,
}: SessionCounterProps): DigestRhythm | undefined => {
  if (digest === 'off') return undefined;
  const fail = (expected: string): never => {
    throw new InvalidPropError('digest', expected, digest);
  };
  if (!DIGEST_RHYTHMS.includes(digest)) fail(['off', ...DIGEST_RHYTHMS].join(' or '));
  if (!alarms) fail('off with alarms: false, because it goes to the topic of the alarms');
  if (alarmEmail === undefined && !alarmTopic) fail('off without alarmEmail and alarmTopic');
  // https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
  if (alarmTopic?.fifo) fail('off with a FIFO topic as alarmTopic, which sends no e-mail');
  return digest;
};

const checkConcurrency = (props: SessionCounterProps) => {
  const { legacyRoute, digest = 'off', reservedConcurrency = {} } = props;
  const fail = (expected: string): never => {
    throw new InvalidPropError('reservedConcurrency', expected, reservedConcurrency);
  };
  if (!(legacyRoute || reservedConcurrency.legacy === undefined)) {
    fail('set only for functions that are deployed; legacy needs legacyRoute');
  }
  if (digest === 'off' && reservedConcurrency.digest !== undefined) {
    fail('set only for functions that are deployed; digest needs the prop digest');
  }
  if (!Object.values(reservedConcurrency).every(isConcurrency)) fail('whole numbers from 0');
  return reservedConcurrency;
};

// The maximum depends on the account. CloudFormation refuses other numbers, NaN would reserve nothing.
const isConcurrency = (number: number | undefined): boolean =>
  number === undefined ||
  Token.isUnresolved(number) ||
  isWithin(number, { min: 0, max: Number.POSITIVE_INFINITY });

const checkEmail = (address: string | undefined): string | undefined => {
  if (address === undefined || EMAIL_ADDRESS.test(address)) return address;
  throw new InvalidPropError('alarmEmail', 'an e-mail address', address);
};
