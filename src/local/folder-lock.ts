import { accessSync, constants } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

/** A folder that this process alone has. */
export interface FolderLock {
  /** Gives the folder back. Safe to repeat. */
  readonly release: () => void;
}

const PATIENCE_MS = 500;
const PAUSE_MS = 20;

/**
 * Takes the lock `file`, an SQLite database without a single page, until `release` or the end of
 * this process, however it ends; makes the file when it is not there. `cleanUp` runs when no other
 * process has the lock and before `isLocked` says that this one does: what it removes is stale, and
 * nobody mistakes it for something of this process. Undefined when another process has the lock.
 * Throws what SQLite and `cleanUp` throw.
 *
 * The kernel keeps such a lock with the file itself and frees it with the process. So it holds
 * under every path that leads to the file, bind mounts and other containers included, and a copy
 * of the file does not have it. The kernel also frees it when this process opens and closes the
 * file in any other way: nothing here may read it.
 */
export const acquireLock = async (
  file: string,
  cleanUp: () => void,
): Promise<FolderLock | undefined> => {
  const database = new DatabaseSync(file, { timeout: 0 });
  const release = (): void => {
    if (database.isOpen) database.close();
  };
  try {
    accessSync(file, constants.W_OK); // SQLite locks nothing in a file that it can only read.
    if (await lock(database, cleanUp)) return { release };
  } catch (error) {
    release();
    throw error;
  }
  release();
  return undefined;
};

// The first lock keeps out who else would start, the second one shows. One who only looks has the
// file for less than a millisecond, so a moment of patience tells a look from a counter.
const lock = async (database: DatabaseSync, cleanUp: () => void): Promise<boolean> => {
  for (const giveUpAt = Date.now() + PATIENCE_MS; ; await delay(PAUSE_MS)) {
    try {
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE');
      cleanUp();
      database.exec('ROLLBACK; BEGIN EXCLUSIVE');
      return true;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() > giveUpAt) return false;
    }
  }
};

/** Whether some process has the lock `file`. Writes nothing; what cannot be read has nobody's. */
export const isLocked = (file: string): boolean => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 0 });
    database.exec('SELECT 1 FROM sqlite_schema');
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    database?.close();
  }
};

const SQLITE_BUSY = 5;

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
