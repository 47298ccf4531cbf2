import type { AllowedOrigins } from '../domain/allowed-origins.ts';
import { SettingError } from './setting-error.ts';

/** Where settings come from: environment variables, or a plain object of the same form. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The text of a setting; undefined when it is unset or blank, which mean the same. */
export const readOptional = (env: Environment, name: string): string | undefined =>
  env[name]?.trim() || undefined;

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const TABLE_NAME = /^[a-zA-Z0-9_.-]{3,255}$/;

/** The name of a table, which has no default. Throws a SettingError when it is none. */
export const readTableName = (env: Environment, name: string, table: string): string => {
  const text = readOptional(env, name);
  if (text !== undefined && TABLE_NAME.test(text)) return text;
  throw new SettingError(name, `the name of ${table}, 3 to 255 letters, digits, _ . or -`, text);
};

const COUNTER_NAME = /^[\w-]{1,64}$/;

/**
 * The name that tells this counter's metrics from another's; undefined emits none. Throws a
 * SettingError when it is malformed.
 */
export const readCounterName = (env: Environment): string | undefined => {
  const text = readOptional(env, 'COUNTER_NAME');
  if (text === undefined || COUNTER_NAME.test(text)) return text;
  throw new SettingError('COUNTER_NAME', '1 to 64 letters, digits, _ or -', text);
};

/** What a whole-number setting may be, both limits included. */
export interface IntegerRange {
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** A whole number. Throws a SettingError when it is malformed or out of range. */
export const readInteger = (env: Environment, name: string, range: IntegerRange): number => {
  const text = readOptional(env, name);
  if (text === undefined) return range.default;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= range.min && number <= range.max) return number;
  throw new SettingError(name, `a whole number from ${range.min} to ${range.max}`, text);
};

/** `true` or `false`, true by default. Throws a SettingError for anything else. */
export const readSwitch = (env: Environment, name: string): boolean =>
  readChoice(env, name, ['true', 'false']) === 'true';

/** One of `choices`, the first by default. Throws a SettingError for anything else. */
export const readChoice = <Choice extends string>(
  env: Environment,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice => {
  const text = readOptional(env, name) ?? choices[0];
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new SettingError(name, choices.join(' or '), text);
  return choice;
};

/** `*` (the default) or web origins parted by commas. Throws a SettingError for anything else. */
export const readOrigins = (env: Environment, name: string): AllowedOrigins => {
  const text = readOptional(env, name) ?? '*';
  const origins = parseOrigins(text);
  if (origins !== undefined) return origins;
  throw new SettingError(name, '* or origins such as https://example.com parted by commas', text);
};

/** `*` or web origins parted by commas; undefined for anything else. */
export const parseOrigins = (text: string): AllowedOrigins | undefined => {
  if (text === '*') return text;
  const origins = text.split(',').flatMap((part) => parseOrigin(part.trim()) ?? []);
  return origins.length === text.split(',').length ? origins : undefined;
};

// As browsers send it: lower case, punycode, no default port, no path.
const parseOrigin = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  return isOrigin ? url.origin : undefined;
};
