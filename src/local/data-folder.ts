import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

/** What the local run keeps between two starts. */
export interface DataFolder {
  /** The embedded DynamoDB's database. */
  readonly database: string;
  /** How far the event source delivered the stream. */
  readonly positions: string;
  /** Who is using the folder. */
  readonly instance: string;
  /** The key of the session hash: lose it, and every visitor is new. */
  readonly hashKey: string;
}

/** Opens or makes the folder. Throws a StartError when it cannot be written. */
export const openDataFolder = (folder: string): DataFolder => {
  try {
    mkdirSync(folder, { recursive: true });
    return {
      database: join(folder, 'dynamodb.sqlite'),
      positions: join(folder, 'event-source.json'),
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

const ensureHashKey = (file: string): string => {
  try {
    // Made and protected in one step: nobody else reads it, and a key that is there stays.
    writeFileSync(file, createHashKey(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
};
