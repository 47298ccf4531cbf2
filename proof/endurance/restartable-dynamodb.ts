import { join } from 'node:path';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';

/** The DynamoDB of a run. */
export interface RestartableDynamoDB {
  readonly endpoint: string;
  /** SIGKILL and a restart with the same file; undefined for a DynamoDB that is not ours to kill. */
  readonly killAndRestart: (() => Promise<void>) | undefined;
  readonly stop: () => Promise<void>;
}

/** A DynamoDB that is already running; it is not killed. */
export const useDynamoDB = (endpoint: string): RestartableDynamoDB => ({
  endpoint,
  killAndRestart: undefined,
  stop: async () => undefined,
});

/**
 * The emulator with a database in `folder`. Its address survives its kills: nothing else takes it while
 * the emulator is down, since the kernel assigns only 127.0.0.1 to connections.
 */
export const startEmulator = async (folder: string): Promise<RestartableDynamoDB> => {
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
