import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from './start-error.ts';

/** A DynamoDB that runs beside this process. */
export interface EmbeddedDynamoDB {
  readonly endpoint: string;
  /** Rejects when the emulator ends although nobody stopped it; never resolves before that. */
  readonly ended: Promise<void>;
  /** Ends the emulator; what was written is on disk. */
  readonly stop: () => Promise<void>;
}

// The emulator must not outlive this process, not even a SIGKILL: descriptor 3 is a pipe that the
// kernel closes when we end, and then the subshell ends the emulator, whose process id is $$.
const WITH_LIFELINE = '(cat <&3; kill "$$") >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@"';

const READY_ATTEMPTS = 200;
const READY_PAUSE_MS = 25;

/**
 * Starts dynoxide on a free port, over the database `file` or in memory, and waits until it
 * answers. Throws a StartError where this platform has no binary or the emulator does not start.
 */
export const startEmbeddedDynamoDB = async (
  file: string | undefined,
): Promise<EmbeddedDynamoDB> => {
  const port = await findFreePort();
  const args = ['serve', '--port', String(port), ...(file ? ['--db-path', file] : [])];
  const child = spawn('sh', ['-c', WITH_LIFELINE, findBinary(), ...args], {
    // A process group of its own: Ctrl-C is for us, and we stop the emulator last.
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await waitUntilReady(endpoint, child);
  return { endpoint, ...superviseChild(child) };
};

const findBinary = (): string => {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch (cause) {
    throw new StartError(
      `There is no embedded DynamoDB for ${process.platform}-${process.arch} (only for linux-x64). ` +
        'Run DynamoDB Local and give its address, for example ' +
        'AWS_ENDPOINT_URL_DYNAMODB=http://localhost:8000 npm start',
      { cause },
    );
  }
};

const findFreePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
};

const waitUntilReady = async (endpoint: string, child: ChildProcess): Promise<void> => {
  for (let attempt = 0; attempt < READY_ATTEMPTS && child.exitCode === null; attempt += 1) {
    const answers = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await delay(READY_PAUSE_MS);
  }
  child.kill();
  throw new StartError(`The embedded DynamoDB did not start (exit code ${child.exitCode})`);
};

const superviseChild = (child: ChildProcess): Pick<EmbeddedDynamoDB, 'ended' | 'stop'> => {
  let stopping = false;
  const ended = once(child, 'exit').then(([code, signal]) => {
    (child.stdio[3] as { destroy?: () => void } | null)?.destroy?.();
    if (!stopping) throw new Error(`The embedded DynamoDB ended by itself (${code ?? signal})`);
  });
  const stop = async (): Promise<void> => {
    stopping = true;
    child.kill();
    await ended;
  };
  return { ended, stop };
};
