import { type Environment, readOptional } from '../settings/readers.ts';
import { SettingError } from '../settings/setting-error.ts';
import {
  readIngestSettings,
  readProjectorSettings,
  readQuerySettings,
} from '../settings/settings.ts';
import { createHashKey, type DataFolder } from './data-folder.ts';
import type { TableNames } from './database.ts';

/** The environment of the functions, as the local run completes it. */
export type FunctionSettings = Environment & TableNames;

/**
 * The settings of all functions: what `env` says, else the local tables and the key of `folder`,
 * or a passing key without a folder. Throws a SettingError before anything is started.
 */
export const functionSettings = (
  env: Environment,
  folder: DataFolder | undefined,
): FunctionSettings => {
  const hasKey = readOptional(env, 'HASH_KEY') ?? readOptional(env, 'HASH_KEY_SECRET_ID');
  const settings = {
    ...env,
    SESSIONS_TABLE: readOptional(env, 'SESSIONS_TABLE') ?? 'sessions',
    COUNTS_TABLE: readOptional(env, 'COUNTS_TABLE') ?? 'counts',
    ...(hasKey ? {} : { HASH_KEY: folder?.hashKey ?? createHashKey() }),
  };
  for (const read of [readIngestSettings, readProjectorSettings, readQuerySettings]) read(settings);
  if (settings.SESSIONS_TABLE === settings.COUNTS_TABLE) {
    throw new SettingError('COUNTS_TABLE', 'another table than SESSIONS_TABLE');
  }
  return settings;
};
