import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { TableNames } from './database.ts';
import { StartError } from './start-error.ts';

/** The counter that uses a data folder. */
export interface Instance {
  /** Where its page and API are. */
  readonly url: string;
  /** Where its DynamoDB is. */
  readonly endpoint: string;
  /** The settings of its functions, but for the key of the hash. */
  readonly settings: TableNames & Readonly<Record<string, string>>;
}

/**
 * Takes the folder of the instance `file` for this process alone, until `release` or its end,
 * however it ends. Throws a StartError when another process has it. Linux only; elsewhere there
 * is no embedded database to protect, and nothing is locked.
 */
export const lockFolder = async (file: string): Promise<{ readonly release: () => void }> => {
  if (process.platform !== 'linux') return { release: () => undefined };
  const lock = createServer().unref();
  try {
    await once(lock.listen(lockName(dirname(file))), 'listening');
  } catch (cause) {
    const url = readInstance(file)?.url;
    const where = url ? `its counter runs at ${url}` : 'another counter is starting there';
    throw new StartError(`This data folder is in use: ${where}`, { cause });
  }
  return { release: () => void lock.close() };
};

// A socket in the abstract namespace has no file: the kernel frees its name with the process.
// https://man7.org/linux/man-pages/man7/unix.7.html
const lockName = (folder: string): string =>
  `\0session-counter-${createHash('sha256').update(realpathSync(folder)).digest('hex')}`;

/** Notes where the counter is that uses the folder. */
export const writeInstance = (file: string, instance: Instance): void =>
  writeFileSync(file, JSON.stringify(instance, null, 2));

/** Notes that nobody uses the folder. */
export const removeInstance = (file: string): void => rmSync(file, { force: true });

/** The counter that uses the folder, or undefined when there is none that says so. */
export const readInstance = (file: string): Instance | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};
