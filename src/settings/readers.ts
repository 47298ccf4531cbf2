import type { AllowedOrigins } from '../domain/allowed-origins.ts';
import { type FormerShards, NO_FORMER_SHARDS, parseFormerShards } from '../domain/former-shards.ts';
import { COUNTER_NAME, HASH_KEY_MIN_LENGTH, INTEGER_RANGES } from './allowed-values.ts';
import type { VariableName, VariableOfKind } from './definitions.ts';
import { SettingError } from './setting-error.ts';

/** Environment variables, or a plain object of the same shape. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The trimmed text of a variable; undefined when it is unset or blank, which mean the same. */
export const readOptional = (env: Environment, name: string): string | undefined =>
  env[name]?.trim() || undefined;

/** The name of the sessions table. Throws a SettingError when it is missing or malformed. */
export const readSessionsTable = (env: Environment): string =>
  readTableName(env, 'SESSIONS_TABLE', 'the sessions table');

/** The name of the counts table. Throws a SettingError when it is missing or malformed. */
export const readCountsTable = (env: Environment): string =>
  readTableName(env, 'COUNTS_TABLE', 'the counts table');

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const TABLE_NAME = /^[a-zA-Z0-9_.-]{3,255}$/;

const readTableName = (
  env: Environment,
  name: VariableOfKind<'table-name'>,
  description: string,
): string => {
  const text = readOptional(env, name);
  if (text !== undefined && TABLE_NAME.test(text)) return text;
  const expected = `the name of ${description}, 3 to 255 letters, digits, _ . or -`;
  throw new SettingError(name, expected, text);
};

/**
 * The name that distinguishes the metrics of this counter; undefined when it has none, and then no
 * metrics are emitted. Throws a SettingError when it is malformed.
 */
export const readCounterName = (env: Environment): string | undefined => {
  const name: VariableName = 'COUNTER_NAME';
  const text = readOptional(env, name);
  if (text === undefined || COUNTER_NAME.test(text)) return text;
  throw new SettingError(name, '1 to 64 letters, digits, _ or -', text);
};

/** A whole number. Throws a SettingError when it is malformed or out of range. */
export const readInteger = (env: Environment, name: VariableOfKind<'integer'>): number => {
  const range = INTEGER_RANGES[name];
  const text = readOptional(env, name);
  if (text === undefined) return range.default;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= range.min && number <= range.max) return number;
  throw new SettingError(name, `a whole number from ${range.min} to ${range.max}`, text);
};

/**
 * The partitions of the index that were in use before; undefined when there are none. Throws a SettingError
 * when the setting is malformed.
 */
export const readFormerShards = (env: Environment): FormerShards | undefined => {
  const name: VariableName = 'FORMER_ACTIVE_SHARDS';
  const text = readOptional(env, name) ?? NO_FORMER_SHARDS;
  if (text === NO_FORMER_SHARDS) return undefined;
  const { min, max } = INTEGER_RANGES.ACTIVE_SHARDS;
  const former = parseFormerShards(text);
  if (former && former.activeShards >= min && former.activeShards <= max) return former;
  const example = `${max} until 2026-11-28T13:00:00.000Z`;
  throw new SettingError(name, `none, or ${min} to ${max} and a time, such as ${example}`, text);
};

/** `true` or `false`, by default `true`. Throws a SettingError for anything else. */
export const readSwitch = (env: Environment, name: VariableOfKind<'switch'>): boolean =>
  readChoice(env, name, ['true', 'false']) === 'true';

/** One of `choices`, by default the first. Throws a SettingError for anything else. */
export const readChoice = <Choice extends string>(
  env: Environment,
  name: VariableOfKind<'choice' | 'switch'>,
  choices: readonly [Choice, ...Choice[]],
): Choice => {
  const text = readOptional(env, name) ?? choices[0];
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new SettingError(name, choices.join(' or '), text);
  return choice;
};

/**
 * The key of the hash; undefined when there is none. Throws a SettingError, without the key, when it
 * is too short.
 */
export const readHashKey = (env: Environment): string | undefined => {
  const name: VariableName = 'HASH_KEY';
  const key = readOptional(env, name);
  if (key === undefined || key.length >= HASH_KEY_MIN_LENGTH) return key;
  throw new SettingError(name, `at least ${HASH_KEY_MIN_LENGTH} characters`);
};

/** `*` (the default) or comma-separated web origins. Throws a SettingError for anything else. */
export const readOrigins = (env: Environment, name: VariableOfKind<'origins'>): AllowedOrigins => {
  const text = readOptional(env, name) ?? '*';
  const origins = parseOrigins(text);
  if (origins !== undefined) return origins;
  const expected = '* or comma-separated origins such as https://example.com';
  throw new SettingError(name, expected, text);
};

/** `*` or comma-separated web origins; undefined for anything else. */
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
