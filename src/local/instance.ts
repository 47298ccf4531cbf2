import { readFileSync, rmSync } from 'node:fs';
import type { TableNames } from './database.ts';
import { isLocked } from './folder-lock.ts';
import { writePrivateFile } from './private-file.ts';

/** The counter that uses a data folder. */
export interface Instance {
  /** Where its page and API are. */
  readonly url: string;
  /** Where its DynamoDB is: who knows this can read and write everything. */
  readonly endpoint: string;
  /** Whether it hashes with the folder's key, and not with one of its environment. */
  readonly usesFolderKey: boolean;
  /** The settings of its functions, but for the key of the hash. */
  readonly settings: TableNames & Readonly<Record<string, string>>;
}

/** Where the files of an instance are. */
export interface InstanceFiles {
  readonly instance: string;
  readonly lock: string;
}

/** Notes, for the owner alone, where the counter is that uses the folder. It must have the lock. */
export const writeInstance = ({ instance }: InstanceFiles, written: Instance): void =>
  writePrivateFile(instance, JSON.stringify(written, null, 2));

/** Notes that nobody uses the folder. */
export const removeInstance = ({ instance }: InstanceFiles): void =>
  rmSync(instance, { force: true });

/**
 * The counter that runs over the folder, or undefined when none does. The note in a copy of a
 * folder, or of a run that was killed, is not believed: only a running counter has the lock.
 */
export const readInstance = ({ instance, lock }: InstanceFiles): Instance | undefined => {
  if (!isLocked(lock)) return undefined;
  try {
    return JSON.parse(readFileSync(instance, 'utf8'));
  } catch {
    return undefined;
  }
};
