import { once } from 'node:events';
import { createServer } from 'node:net';
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

/** The emulator over a database in `folder`, at an address that survives its kills. */
export const startEmulator = async (folder: string): Promise<EnduredDynamoDB> => {
  const file = join(folder, 'dynamodb.sqlite');
  const port = await choosePort();
  let emulator = await startEmbeddedDynamoDB(file, port);
  return {
    endpoint: emulator.endpoint,
    killAndRestart: async () => {
      const ended = emulator.ended.catch(() => undefined);
      if (emulator.pid !== undefined) process.kill(emulator.pid, 'SIGKILL');
      await ended;
      emulator = await startEmbeddedDynamoDB(file, port);
    },
    stop: () => emulator.stop(),
  };
};

const LOWEST_PORT = 20_000;
const PORTS = 10_000;

// Below the ports that the kernel hands out by itself: while the emulator is down, no connection
// of somebody else may get its port.
const choosePort = async (): Promise<number> => {
  for (;;) {
    const port = LOWEST_PORT + Math.floor(Math.random() * PORTS);
    if (await isFree(port)) return port;
  }
};

const isFree = async (port: number): Promise<boolean> => {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
};
