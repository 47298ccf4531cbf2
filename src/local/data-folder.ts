import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HASH_KEY_MIN_LENGTH } from '../settings/allowed-values.ts';
import { createFolder } from './create-folder.ts';
import { explainFolderError } from './folder-error.ts';
import { acquireLock, type FolderLock } from './folder-lock.ts';
import { type InstanceFiles, readInstance, removeInstance } from './instance.ts';
import { writePrivateFile } from './private-file.ts';
import { StartError } from './start-error.ts';

/** The files that the local run keeps between two starts. */
export interface DataFolder extends InstanceFiles {
  /** The embedded DynamoDB's database. */
  readonly database: string;
  /** Describes the running counter: its addresses and settings. */
  readonly instance: string;
  /** Locked by the counter as long as it runs. */
  readonly lock: string;
  /** The key of the session hash. Without it, every visitor counts as new. */
  readonly hashKey: string;
}

/** The paths of a data folder's files, whether they exist or not. */
export const dataFolder = (folder: string): DataFolder => ({
  database: join(folder, 'dynamodb.sqlite'),
  instance: join(folder, 'instance.json'),
  lock: join(folder, 'lock'),
  hashKey: join(folder, 'hash-key'),
});

/**
 * Locks the folder for this process until `release` or the end of the process, however it ends.
 * Creates the folder, readable by its owner only, if it does not exist. Throws a StartError if
 * another process has locked the folder or it cannot be used.
 */
export const acquireDataFolder = async (
  folder: string,
): Promise<FolderLock & { readonly files: DataFolder }> => {
  const files = dataFolder(folder);
  const lock = await explainFolderError(folder, () => {
    createFolder(folder);
    accessSync(folder, constants.W_OK);
    return acquireLock(files.lock, () => removeInstance(files));
  });
  if (lock) return { files, ...lock };
  const url = readInstance(files)?.url;
  const user = url ? `a counter is running at ${url}` : 'another counter is starting';
  throw new StartError(`The data folder ${folder} is in use: ${user}`);
};

/** A new key of 256 random bits, as 43 base64url characters. */
export const createHashKey = (): string => randomBytes(32).toString('base64url');

/**
 * The key of a folder that this process has locked; creates one if there is none. Throws a
 * StartError if the key is too short, and what the file system throws.
 */
export const ensureHashKey = (files: DataFolder): string => {
  if (readHashKey(files) === undefined) writePrivateFile(files.hashKey, createHashKey());
  chmodSync(files.hashKey, 0o600);
  const key = readHashKey(files);
  if (key !== undefined && key.length >= HASH_KEY_MIN_LENGTH) return key;
  throw new StartError(
    `${files.hashKey} must have at least ${HASH_KEY_MIN_LENGTH} characters. Restore it from a ` +
      'backup, or delete it and count every visitor as new',
  );
};

/** The key of the folder, or undefined if there is none. Read-only. Throws what the file system throws. */
export const readHashKey = ({ hashKey }: Pick<DataFolder, 'hashKey'>): string | undefined => {
  try {
    return readFileSync(hashKey, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
