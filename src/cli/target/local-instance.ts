import { existsSync } from 'node:fs';
import { openDataFolder } from '../../local/data-folder.ts';
import { localConnection } from '../../local/database.ts';
import { readInstance } from '../../local/instance.ts';
import { CommandError } from '../command-error.ts';
import type { Place } from './target.ts';

/** The counter that runs over the data folder. Throws a CommandError when none does. */
export const findLocalCounter = (folder: string): Place => {
  const files = existsSync(folder) ? openDataFolder(folder) : undefined;
  const instance = files && readInstance(files.instance);
  if (files === undefined || instance === undefined) {
    throw new CommandError(`No counter runs over the folder ${folder}. Start it: npm start`);
  }
  const { endpoint, settings, url } = instance;
  return {
    sessionsTable: settings.SESSIONS_TABLE,
    countsTable: settings.COUNTS_TABLE,
    settings: { HASH_KEY: files.hashKey, ...settings },
    connection: localConnection(endpoint),
    name: `the counter at ${url}`,
  };
};
