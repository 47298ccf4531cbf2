import { setTimeout as delay } from 'node:timers/promises';
import { type Database, openDatabase, type TableNames } from '../../src/local/database.ts';
import type { Environment } from '../../src/settings/readers.ts';

/** The environment of a process of the run. */
export type ProcessSettings = Environment & TableNames & { readonly ENDPOINT: string };

/** The settings that startProcess passed to this process. */
export const processSettings = (): ProcessSettings => process.env as unknown as ProcessSettings;

/** Exits this process when its parent ends for any reason: the kernel closes the channel. */
export const exitWithParent = (): void => {
  process.once('disconnect', () => process.exit());
  if (!process.connected) process.exit();
};

/** Tells the parent that this process is ready. */
export const reportReady = (message: unknown): void => void process.send?.(message);

const RETRY_MS = 100;

/**
 * Opens the database as soon as that succeeds, since a process may start while the emulator is down. On
 * Lambda nothing is opened at the start.
 */
export const openDatabaseWithRetry = async (settings: ProcessSettings): Promise<Database> => {
  for (;;) {
    try {
      return await openDatabase(settings.ENDPOINT, settings);
    } catch {
      await delay(RETRY_MS);
    }
  }
};
