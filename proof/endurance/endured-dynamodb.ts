import { join } from 'node:path';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';

/** The DynamoDB of a run. */
export interface EnduredDynamoDB {
  readonly endpoint: string;
  /** SIGKILL and a new start over the same file; undefined where it is not ours to kill. */
  readonly killAndRestart: (() => Promise<void>) | undefined;
  readonly stop: () => Promise<void>;
}

/** A DynamoDB that runs already; it is not killed. */
export const useDynamoDB = (endpoint: string): EnduredDynamoDB => ({
  endpoint,
  killAndRestart: undefined,
  stop: async () => undefined,
});

/**
 * The emulator over a database in `folder`, at an address that survives its kills: nobody else
 * takes it while the emulator is down, since the kernel gives connections 127.0.0.1.
 */
export const startEmulator = async (folder: string): Promise<EnduredDynamoDB> => {
  const file = join(folder, 'dynamodb.sqlite');
  let emulator = await startEmbeddedDynamoDB(file);
  const { address, endpoint } = emulator;
  return {
    endpoint,
    killAndRestart: async () => {
      const ended = emulator.ended.catch(() => undefined);
      if (emulator.pid !== undefined) process.kill(emulator.pid, 'SIGKILL');
      await ended;
      emulator = await startEmbeddedDynamoDB(file, address);
    },
    stop: () => emulator.stop(),
  };
};
