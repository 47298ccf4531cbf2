import { HASH_SCHEMES } from './allowed-values.ts';
import { type Environment, readChoice, readHashKey, readOptional } from './readers.ts';
import { SettingError } from './setting-error.ts';

/** How sessions are hashed. The key is undefined when none is configured. */
export type HashSetting =
  | { readonly scheme: 'sha256' }
  | { readonly scheme: 'hmac-sha256'; readonly key: HashKeyOrigin | undefined };

/** Where a hash key is stored: a parameter of Systems Manager, or a secret of Secrets Manager. */
export type StoredKey = { readonly parameter: string } | { readonly secretId: string };

/** The hash key itself, or where it is stored. */
export type HashKeyOrigin = { readonly value: string } | StoredKey;

/** How sessions are hashed. Throws a SettingError, without the key, when a setting of the hash is wrong. */
export const readHashSetting = (env: Environment): HashSetting => {
  const scheme = readChoice(env, 'HASH_SCHEME', HASH_SCHEMES);
  return scheme === 'sha256' ? { scheme } : { scheme, key: readHashKeyOrigin(env) };
};

const readHashKeyOrigin = (env: Environment): HashKeyOrigin | undefined => {
  const [name, ...others] = findKeySettings(env);
  if (others[0]) {
    throw new SettingError(others[0], `unset when ${name} is set: one key, one place`);
  }
  const value = readHashKey(env);
  if (value !== undefined) return { value };
  const parameter = readOptional(env, 'HASH_KEY_PARAMETER');
  if (parameter !== undefined) return { parameter };
  const secretId = readOptional(env, 'HASH_KEY_SECRET_ID');
  return secretId === undefined ? undefined : { secretId };
};

/** Whether the environment says what the key is, or where. */
export const hasHashKeySetting = (env: Environment): boolean => findKeySettings(env).length > 0;

const findKeySettings = (env: Environment): string[] =>
  KEY_SETTINGS.filter((key) => readOptional(env, key) !== undefined);

const KEY_SETTINGS = ['HASH_KEY_PARAMETER', 'HASH_KEY_SECRET_ID', 'HASH_KEY'] as const;
