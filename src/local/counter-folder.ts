import { hasHashKeySetting } from '../settings/hash-setting.ts';
import type { Environment } from '../settings/readers.ts';
import { acquireDataFolder, type DataFolder, ensureHashKey } from './data-folder.ts';
import { explainFolderError } from './folder-error.ts';
import type { FolderLock } from './folder-lock.ts';
import { type Instance, removeInstance, writeInstance } from './instance.ts';

/** A data folder that this process has locked. */
export interface CounterFolder extends FolderLock {
  readonly files: DataFolder;
  /** The folder's key; undefined if the environment sets another one. */
  readonly hashKey: string | undefined;
  /** Writes where the counter runs, for the operator's commands. Rejects with a StartError. */
  readonly writeInstance: (instance: Omit<Instance, 'usesFolderKey'>) => Promise<void>;
  /** Removes what `writeInstance` wrote. */
  readonly removeInstance: () => void;
}

/** Locks the folder and reads its key. Throws a StartError if the folder is in use or unusable. */
export const openCounterFolder = async (
  folder: string,
  env: Environment,
): Promise<CounterFolder> => {
  const { files, release } = await acquireDataFolder(folder);
  try {
    const findKey = () => (hasHashKeySetting(env) ? undefined : ensureHashKey(files));
    const hashKey = await explainFolderError(folder, findKey);
    const usesFolderKey = hashKey !== undefined;
    return {
      ...{ files, hashKey, release, removeInstance: () => removeInstance(files) },
      writeInstance: (instance) =>
        explainFolderError(folder, () => writeInstance(files, { ...instance, usesFolderKey })),
    };
  } catch (error) {
    release();
    throw error;
  }
};
