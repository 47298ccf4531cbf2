import { dataFolder, readHashKey } from '../../local/data-folder.ts';
import { localConnection } from '../../local/database.ts';
import { readInstance } from '../../local/instance.ts';
import { type Environment, readOptional } from '../../settings/readers.ts';
import { CommandError } from '../command-error.ts';
import type { Place } from './place.ts';

/**
 * The counter that runs over the data folder; writes nothing. A counter that hashes with a key of
 * its environment wants the same `HASH_KEY` in `env`. Throws a CommandError when none runs, and
 * what the file system throws.
 */
export const findLocalCounter = (folder: string, env: Environment): Place => {
  const files = dataFolder(folder);
  const instance = readInstance(files);
  if (instance === undefined) {
    throw new CommandError(`No counter runs over the folder ${folder}. Start it: npm start`);
  }
  const { endpoint, settings, url, usesFolderKey } = instance;
  const HASH_KEY = usesFolderKey ? readHashKey(files) : readOptional(env, 'HASH_KEY');
  return {
    sessionsTable: settings.SESSIONS_TABLE,
    countsTable: settings.COUNTS_TABLE,
    settings: { HASH_KEY, ...settings },
    connection: localConnection(endpoint),
    name: `the counter at ${url}`,
  };
};
