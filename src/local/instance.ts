import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { StartError } from './start-error.ts';

/** The running instance of a data folder, so that a second one leaves it alone. */
export interface Instance {
  /** Where its page and API are. */
  readonly url: string;
  /** Where its DynamoDB is. */
  readonly endpoint: string;
}

/**
 * Throws a StartError when another instance still serves from this data folder. An instance that
 * was killed answers no more, and its file is ignored.
 */
export const assertNotRunning = async (file: string, ownUrl: string): Promise<void> => {
  const other = readInstance(file);
  if (other === undefined || other.url === ownUrl || !(await answers(other.url))) return;
  throw new StartError(`This data folder is in use: its counter runs at ${other.url}`);
};

/** Notes that `instance` uses the folder. */
export const writeInstance = (file: string, instance: Instance): void =>
  writeFileSync(file, JSON.stringify(instance, null, 2));

/** Notes that nobody uses the folder. */
export const removeInstance = (file: string): void => rmSync(file, { force: true });

const readInstance = (file: string): Instance | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

const answers = async (url: string): Promise<boolean> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};
