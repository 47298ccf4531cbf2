import type { SessionHasher } from '../domain/session-hash.ts';
import type { Log } from '../runtime/log.ts';
import { HASH_KEY_MIN_LENGTH } from '../settings/allowed-values.ts';
import type { HashSetting, StoredKey } from '../settings/hash-setting.ts';
import type { ReadKey } from './read-key.ts';

/** The configured hasher; undefined while there is no key, and then no visit may be counted. */
export type SessionHasherSource = () => Promise<SessionHasher | undefined>;

/**
 * The source of the hasher that `setting` configures. A stored key is read at the first call and cached
 * for the lifetime of the container; a failure is logged and not cached, so the next visit tries again.
 */
export const createSessionHasherSource = (
  setting: HashSetting,
  readKey: ReadKey,
  log: Log,
): SessionHasherSource => {
  if (setting.scheme === 'sha256') return async () => setting;
  if (setting.key === undefined) return async () => undefined;
  if ('value' in setting.key) return always({ scheme: 'hmac-sha256', key: setting.key.value });
  return cacheSuccess(storedHasher(setting.key, readKey, log));
};

const always =
  (hasher: SessionHasher): SessionHasherSource =>
  async () =>
    hasher;

const storedHasher =
  (place: StoredKey, readKey: ReadKey, log: Log): SessionHasherSource =>
  async () => {
    const name = 'parameter' in place ? 'HASH_KEY_PARAMETER' : 'HASH_KEY_SECRET_ID';
    try {
      const key = (await readKey(place))?.trim();
      if (key && key.length >= HASH_KEY_MIN_LENGTH) return { scheme: 'hmac-sha256', key };
      log.error(`The key of ${name} must have ${HASH_KEY_MIN_LENGTH} characters or more`);
    } catch (error) {
      log.error(`The key of ${name} cannot be read`, error as Error);
    }
    return undefined;
  };

// Concurrent visits share one call.
const cacheSuccess = (source: SessionHasherSource): SessionHasherSource => {
  let pending: Promise<SessionHasher | undefined> | undefined;
  const read = async () => {
    const hasher = await source();
    if (hasher === undefined) pending = undefined;
    return hasher;
  };
  return () => {
    pending ??= read();
    return pending;
  };
};
