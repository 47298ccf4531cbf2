import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HASH_KEY_MIN_LENGTH } from '../settings/settings.ts';
import { StartError } from './start-error.ts';

/** What the local run keeps between two starts. */
export interface DataFolder {
  /** The embedded DynamoDB's database. */
  readonly database: string;
  /** Where the counter that uses the folder is to be found. */
  readonly instance: string;
  /** The key of the session hash: lose it, and every visitor is new. */
  readonly hashKey: string;
}

/** Opens or makes the folder. Throws a StartError when it cannot be used. */
export const openDataFolder = (folder: string): DataFolder => {
  try {
    mkdirSync(folder, { recursive: true });
    return {
      database: join(folder, 'dynamodb.sqlite'),
      instance: join(folder, 'instance.json'),
      hashKey: ensureHashKey(join(folder, 'hash-key')),
    };
  } catch (cause) {
    const { message } = cause as Error;
    throw new StartError(`The data folder ${folder} cannot be used: ${message}`, { cause });
  }
};

/** A new key of 256 random bits, as 43 base64url characters. */
export const createHashKey = (): string => randomBytes(32).toString('base64url');

// Written aside and then linked, so that a kill leaves no key or a whole one, and of two that
// start at once both get the same.
const ensureHashKey = (file: string): string => {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, createHashKey(), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readHashKey(file);
};

const readHashKey = (file: string): string => {
  chmodSync(file, 0o600);
  const key = readFileSync(file, 'utf8').trim();
  if (key.length >= HASH_KEY_MIN_LENGTH) return key;
  throw new Error(
    `its hash-key must have ${HASH_KEY_MIN_LENGTH} characters or more; restore it from a copy, ` +
      'or delete it and count every visitor anew',
  );
};
