import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Node } from 'constructs';
import { DEFAULT_THROTTLE } from './resolve-props.ts';
import type { SessionCounterProps, Throttle } from './session-counter-props.ts';

/** A context value, given by `-c key=value` or in cdk.json, cannot be read. */
class ContextError extends Error {
  override readonly name = 'ContextError';

  constructor(key: string, expected: string, given: string) {
    super(`Context value ${key} must be ${expected}, but it is ${JSON.stringify(given)}`);
  }
}

/** A reader of context values; undefined for one that is not given. */
type ReadContext = (key: string) => string | undefined;

/** The stack's name, and with it the counter's; a second site takes a second name. */
export const readStackName = (node: Node): string => {
  const name = contextOf(node)('name') ?? 'session-counter';
  // What CloudFormation demands of a stack, cut at what a counter may be called.
  if (/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name)) return name;
  throw new ContextError('name', 'a letter, then up to 63 letters, digits or -', name);
};

/**
 * The props that the context gives. Throws a ContextError for a value that is no number or no
 * switch; whether it is in range is for the construct to say.
 */
export const readProps = (node: Node): SessionCounterProps => {
  const read = contextOf(node);
  return {
    allowedOrigins: readOrigins(read),
    activeWindow: map(readInteger(read, 'activeWindowMinutes'), Duration.minutes),
    activeShards: readInteger(read, 'activeShards'),
    touchInterval: map(readInteger(read, 'touchIntervalSeconds'), Duration.seconds),
    activeReadUnitsPerSecond: readInteger(read, 'activeReadUnitsPerSecond'),
    retention: readRetention(read),
    hashScheme: readChoice(read, 'hashScheme', ['hmac-sha256', 'sha256']),
    throttle: readThrottle(read),
    alarmEmail: read('alarmEmail'),
    tableRemovalPolicy: map(readChoice(read, 'keepTables', ['true', 'false']), (keep) =>
      keep === 'true' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    ),
    runbookUrl: read('runbookUrl'),
  };
};

const contextOf =
  (node: Node): ReadContext =>
  (key) => {
    const value: unknown = node.tryGetContext(key);
    return value === undefined ? undefined : String(value).trim();
  };

const readOrigins = (read: ReadContext): '*' | string[] | undefined => {
  const text = read('allowedOrigins');
  return text === '*' ? text : text?.split(',').map((origin) => origin.trim());
};

const readRetention = (read: ReadContext): Duration | 'forever' | undefined =>
  read('retentionDays') === 'forever'
    ? 'forever'
    : map(readInteger(read, 'retentionDays'), Duration.days);

// Either half may be given alone.
const readThrottle = (read: ReadContext): Throttle | undefined => {
  const ratePerSecond = readInteger(read, 'ratePerSecond');
  const burst = readInteger(read, 'burst');
  if (ratePerSecond === undefined && burst === undefined) return undefined;
  return {
    ratePerSecond: ratePerSecond ?? DEFAULT_THROTTLE.ratePerSecond,
    burst: burst ?? DEFAULT_THROTTLE.burst,
  };
};

const readInteger = (read: ReadContext, key: string): number | undefined => {
  const text = read(key);
  if (text === undefined || /^\d+$/.test(text)) return map(text, Number);
  throw new ContextError(key, 'a whole number', text);
};

const readChoice = <Choice extends string>(
  read: ReadContext,
  key: string,
  choices: readonly Choice[],
): Choice | undefined => {
  const text = read(key);
  const choice = choices.find((candidate) => candidate === text);
  if (text === undefined || choice) return choice;
  throw new ContextError(key, choices.join(' or '), text);
};

const map = <A, B>(value: A | undefined, change: (value: A) => B): B | undefined =>
  value === undefined ? undefined : change(value);
