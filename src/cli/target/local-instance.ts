import { dataFolder, readHashKey } from '../../local/data-folder.ts';
import { localConnection } from '../../local/database.ts';
import { readInstance } from '../../local/instance.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { type Environment, readOptional } from '../../settings/readers.ts';
import { CommandError } from '../command-error.ts';
import type { CounterLocation } from './counter-location.ts';

/**
 * Finds the counter that is running on the data folder. Writes nothing. If that counter was started
 * with a `HASH_KEY`, `env` must have the same one. Throws a CommandError if no counter is running,
 * and what the file system throws.
 */
export const locateLocalCounter = (folder: string, env: Environment): CounterLocation => {
  const files = dataFolder(folder);
  const instance = readInstance(files);
  if (instance === undefined) {
    throw new CommandError(
      `No counter is running on the data folder ${folder}. Start one with ${commandLine('start')}`,
    );
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
