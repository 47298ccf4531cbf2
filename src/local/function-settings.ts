import { fingerprintKey } from '../domain/key-fingerprint.ts';
import { SETTINGS, VARIABLE_NAMES } from '../settings/definitions.ts';
import { hasHashKeySetting } from '../settings/hash-setting.ts';
import { type Environment, readOptional } from '../settings/readers.ts';
import { SettingError } from '../settings/setting-error.ts';
import {
  readAuditSettings,
  readIngestSettings,
  readProjectorSettings,
  readQuerySettings,
  readReporterSettings,
} from '../settings/settings.ts';
import type { TableNames } from './database.ts';
import type { Instance } from './instance.ts';

/** The environment of the functions, with the defaults of the local run. */
export type FunctionSettings = Environment & TableNames;

const READERS = [
  ...[readIngestSettings, readProjectorSettings, readQuerySettings],
  ...[readReporterSettings, readAuditSettings],
];

// With the key, a reader of the file could find the addresses behind the hashes; with the edge secret, forge addresses.
const PUBLIC_SETTINGS = VARIABLE_NAMES.filter((name) => SETTINGS[name].kind !== 'secret');

/** The settings that may be published: instead of the hash key and the edge secret only their fingerprints. */
export const publicSettings = (settings: FunctionSettings): Instance['settings'] => {
  const key = readOptional(settings, 'HASH_KEY');
  const edgeSecret = readOptional(settings, 'EDGE_SECRET');
  return {
    SESSIONS_TABLE: settings.SESSIONS_TABLE,
    COUNTS_TABLE: settings.COUNTS_TABLE,
    ...(key && { HASH_KEY_FINGERPRINT: fingerprintKey(key) }),
    ...(edgeSecret && { EDGE_SECRET_FINGERPRINT: fingerprintKey(edgeSecret) }),
    ...Object.fromEntries(
      PUBLIC_SETTINGS.flatMap((name) => {
        const text = readOptional(settings, name);
        return text === undefined ? [] : [[name, text]];
      }),
    ),
  };
};

/**
 * The settings of all functions: those in `env`, completed by the local table names and `hashKey`.
 * Throws a SettingError.
 */
export const functionSettings = (env: Environment, hashKey: string): FunctionSettings => {
  const settings = {
    ...env,
    SESSIONS_TABLE: readOptional(env, 'SESSIONS_TABLE') ?? SETTINGS.SESSIONS_TABLE.localDefault,
    COUNTS_TABLE: readOptional(env, 'COUNTS_TABLE') ?? SETTINGS.COUNTS_TABLE.localDefault,
    ...(hasHashKeySetting(env) ? {} : { HASH_KEY: hashKey }),
  };
  for (const read of READERS) read(settings);
  if (settings.SESSIONS_TABLE === settings.COUNTS_TABLE) {
    throw new SettingError('COUNTS_TABLE', 'a different table from SESSIONS_TABLE');
  }
  return settings;
};
