import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HASH_KEY_MIN_LENGTH } from '../settings/allowed-values.ts';
import { explainFolderError } from './folder-error.ts';
import { type FolderLock, takeLock } from './folder-lock.ts';
import { type InstanceFiles, readInstance, removeInstance } from './instance.ts';
import { writePrivateFile } from './private-file.ts';
import { StartError } from './start-error.ts';

/** The files that the local run keeps between two starts. */
export interface DataFolder extends InstanceFiles {
  /** The embedded DynamoDB's database. */
  readonly database: string;
  /** Where the counter that uses the folder is to be found. */
  readonly instance: string;
  /** What the counter that uses the folder holds as long as it runs. */
  readonly lock: string;
  /** The key of the session hash: lose it, and every visitor is new. */
  readonly hashKey: string;
}

/** Where the files of a data folder are, whether it is there or not. */
export const dataFolder = (folder: string): DataFolder => ({
  database: join(folder, 'dynamodb.sqlite'),
  instance: join(folder, 'instance.json'),
  lock: join(folder, 'lock'),
  hashKey: join(folder, 'hash-key'),
});

/**
 * Takes the folder for this process alone, until `release` or its end, however it ends; makes it,
 * for its owner alone, when it is not there. Throws a StartError when another process has the
 * folder, or when it cannot be used.
 */
export const takeDataFolder = async (
  folder: string,
): Promise<FolderLock & { readonly files: DataFolder }> => {
  const files = dataFolder(folder);
  const lock = await explainFolderError(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return takeLock(files.lock, () => removeInstance(files));
  });
  if (lock) return { files, ...lock };
  const url = readInstance(files)?.url;
  const where = url ? `its counter runs at ${url}` : 'another counter is starting there';
  throw new StartError(`This data folder is in use: ${where}`);
};

/** A new key of 256 random bits, as 43 base64url characters. */
export const createHashKey = (): string => randomBytes(32).toString('base64url');

/**
 * The key of a folder that this process has taken; makes one when there is none. Throws a
 * StartError when it is broken, and what the file system throws.
 */
export const ensureHashKey = (files: DataFolder): string => {
  if (readHashKey(files) === undefined) writePrivateFile(files.hashKey, createHashKey());
  chmodSync(files.hashKey, 0o600);
  const key = readHashKey(files);
  if (key !== undefined && key.length >= HASH_KEY_MIN_LENGTH) return key;
  throw new StartError(
    `${files.hashKey} must have ${HASH_KEY_MIN_LENGTH} characters or more; restore it from a ` +
      'copy, or delete it and count every visitor anew',
  );
};

/**
 * The key of the folder, or undefined when there is none. Writes nothing. Throws what the file
 * system throws.
 */
export const readHashKey = ({ hashKey }: Pick<DataFolder, 'hashKey'>): string | undefined => {
  try {
    return readFileSync(hashKey, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
