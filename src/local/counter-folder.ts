import type { Environment } from '../settings/readers.ts';
import { acquireDataFolder, type DataFolder, ensureHashKey } from './data-folder.ts';
import { explainFolderError } from './folder-error.ts';
import type { FolderLock } from './folder-lock.ts';
import { namesHashKey } from './function-settings.ts';
import { type Instance, removeInstance, writeInstance } from './instance.ts';

/** A data folder that the counter of this process has for itself. */
export interface CounterFolder extends FolderLock {
  readonly files: DataFolder;
  /** The folder's key; undefined where the environment names another. */
  readonly hashKey: string | undefined;
  /** Tells the operator's commands where the counter is. Rejects with a StartError. */
  readonly announce: (instance: Omit<Instance, 'usesFolderKey'>) => Promise<void>;
  /** Takes that back. */
  readonly withdraw: () => void;
}

/** Takes the folder and its key. Throws a StartError when it cannot have or use it. */
export const openCounterFolder = async (
  folder: string,
  env: Environment,
): Promise<CounterFolder> => {
  const { files, release } = await acquireDataFolder(folder);
  try {
    const findKey = () => (namesHashKey(env) ? undefined : ensureHashKey(files));
    const hashKey = await explainFolderError(folder, findKey);
    const usesFolderKey = hashKey !== undefined;
    return {
      ...{ files, hashKey, release, withdraw: () => removeInstance(files) },
      announce: (instance) =>
        explainFolderError(folder, () => writeInstance(files, { ...instance, usesFolderKey })),
    };
  } catch (error) {
    release();
    throw error;
  }
};
