import { accessSync, constants } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

/** A lock that only this process holds. */
export interface FolderLock {
  /** Releases the lock. Safe to repeat. */
  readonly release: () => void;
}

const TIMEOUT_MS = 500;
const RETRY_MS = 20;

/**
 * Locks `file`, an empty SQLite database, until `release` or the end of this process, however it
 * ends. Creates the file if it does not exist. Returns undefined if another process still holds the
 * lock after `timeoutMs`.
 * `cleanUp` removes what a killed process left: it runs after other processes are locked out and
 * before `isLocked` reports this lock, so stale files are never mistaken for those of this process.
 * Throws what SQLite and `cleanUp` throw.
 *
 * The kernel ties such a lock to the file and releases it with the process. So it holds under every
 * path to the file, bind mounts and other containers included, and a copy of the file is not
 * locked. SQLite takes it with fcntl on POSIX systems and with LockFileEx on Windows. With fcntl, the
 * kernel also releases it when this process opens and closes the file in any other way, so nothing
 * here may read the file.
 */
export const acquireLock = async (
  file: string,
  cleanUp: () => void,
  timeoutMs = TIMEOUT_MS,
): Promise<FolderLock | undefined> => {
  const database = new DatabaseSync(file);
  // Not the property `isOpen`, which Node.js before 22.15 lacks.
  let isOpen = true;
  const release = (): void => {
    if (isOpen) database.close();
    isOpen = false;
  };
  try {
    accessSync(file, constants.W_OK); // SQLite cannot lock a file that it can only read.
    if (await acquire(database, cleanUp, timeoutMs)) return { release };
  } catch (error) {
    release();
    throw error;
  }
  release();
  return undefined;
};

// The first lock keeps out other starts, the second one is visible to `isLocked`. `isLocked` itself
// holds the file for less than a millisecond, so retrying for a moment gets past it.
const acquire = async (
  database: DatabaseSync,
  cleanUp: () => void,
  timeoutMs: number,
): Promise<boolean> => {
  for (const deadline = Date.now() + timeoutMs; ; await delay(RETRY_MS)) {
    try {
      database.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE');
      cleanUp();
      database.exec('ROLLBACK; BEGIN EXCLUSIVE');
      return true;
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() > deadline) return false;
    }
  }
};

/** Whether a process holds the lock `file`. Read-only; an unreadable file counts as not locked. */
export const isLocked = (file: string): boolean => {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
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
