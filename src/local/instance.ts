import { readFileSync, rmSync } from 'node:fs';
import type { TableNames } from './database.ts';
import { isLocked } from './folder-lock.ts';
import { writePrivateFile } from './private-file.ts';

/** The running counter of a data folder. */
export interface Instance {
  /** The base URL of its page and API. */
  readonly url: string;
  /** The endpoint of its DynamoDB. Anyone who knows it can read and write everything. */
  readonly endpoint: string;
  /** Whether it hashes with the folder's key rather than one from its environment. */
  readonly usesFolderKey: boolean;
  /** The settings of its functions, without the hash key. */
  readonly settings: TableNames & Readonly<Record<string, string>>;
}

/** The paths of an instance's files. */
export interface InstanceFiles {
  readonly instance: string;
  readonly lock: string;
}

/** Writes the instance file, readable by its owner only. The caller must hold the lock. */
export const writeInstance = ({ instance }: InstanceFiles, value: Instance): void =>
  writePrivateFile(instance, JSON.stringify(value, null, 2));

/** Removes the instance file. */
export const removeInstance = ({ instance }: InstanceFiles): void =>
  rmSync(instance, { force: true });

/**
 * The counter that runs on the folder, or undefined if none does. Ignores a stale instance file,
 * such as in a copied folder or after a kill: only a running counter holds the lock.
 */
export const readInstance = ({ instance, lock }: InstanceFiles): Instance | undefined => {
  if (!isLocked(lock)) return undefined;
  try {
    return JSON.parse(readFileSync(instance, 'utf8'));
  } catch {
    return undefined;
  }
};
