import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { findEmulator } from './emulator-binary.ts';
import { indexStream } from './index-stream.ts';
import { StartError } from './start-error.ts';

/** A DynamoDB that runs beside this process. */
export interface EmbeddedDynamoDB {
  readonly endpoint: string;
  /** Its process, for whoever wants to see it die. */
  readonly pid: number | undefined;
  /** Rejects when the emulator ends although nobody stopped it; resolves when it was stopped. */
  readonly ended: Promise<void>;
  /** Ends the emulator, which has all that was written on disk. Never rejects. */
  readonly stop: () => Promise<void>;
}

// The emulator must not outlive this process, not even a SIGKILL: descriptor 3 is a pipe that the
// kernel closes when we end, and then the subshell ends the emulator, whose process id is $$.
const WITH_LIFELINE = '(cat <&3; kill "$$") >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@"';

const READY_MS = 10_000;
const READY_PAUSE_MS = 25;
const STOP_GRACE_MS = 3_000;

/**
 * Starts dynoxide over the database `file`, or in memory, and waits until it answers. Takes a
 * free port unless it is given one. Throws a StartError where this platform has no binary, or
 * with the emulator's own words when it does not start.
 */
export const startEmbeddedDynamoDB = async (
  file: string | undefined,
  givenPort?: number,
): Promise<EmbeddedDynamoDB> => {
  const port = givenPort ?? (await findFreePort());
  const args = ['serve', '--port', String(port), ...(file ? ['--db-path', file] : [])];
  const child = spawn('sh', ['-c', WITH_LIFELINE, findEmulator(), ...args], {
    // A process group of its own: Ctrl-C is for us, and we stop the emulator last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const supervised = superviseChild(child);
  const endpoint = `http://127.0.0.1:${port}`;
  await waitUntilReady(endpoint, child);
  if (file) indexStream(file);
  return { endpoint, pid: child.pid, ...supervised };
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
  let words = '';
  child.stderr?.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-2_000);
  });
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  for (const giveUpAt = Date.now() + READY_MS; isAlive() && Date.now() < giveUpAt; ) {
    if ((await answers(endpoint)) && isAlive()) return;
    await delay(READY_PAUSE_MS);
  }
  child.kill('SIGKILL');
  throw new StartError(
    `The embedded DynamoDB did not start. It said: ${words.trim() || 'nothing'}`,
  );
};

const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );

const superviseChild = (child: ChildProcess): Pick<EmbeddedDynamoDB, 'ended' | 'stop'> => {
  let stopping = false;
  const exited = once(child, 'exit').finally(() => child.stdio[3]?.destroy());
  const ended = exited.then(([code, signal]) => {
    if (!stopping) throw new Error(`The embedded DynamoDB ended by itself (${code ?? signal})`);
  });
  // Who waits for it hears of it; that nobody waits yet is no reason to end the process.
  ended.catch(() => undefined);
  const stop = async (): Promise<void> => {
    stopping = true;
    child.kill();
    const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_GRACE_MS);
    await exited;
    clearTimeout(impatience);
  };
  return { ended, stop };
};
