import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Address, chooseEmulatorAddress } from './emulator-address.ts';
import { findEmulatorBinary } from './emulator-binary.ts';
import { addEmulatorIndexes } from './emulator-indexes.ts';
import { StartError } from './start-error.ts';

/** An embedded DynamoDB: an emulator in a child process. */
export interface EmbeddedDynamoDB {
  readonly endpoint: string;
  readonly address: Address;
  /** The emulator's process id, for tests that stop or kill it. */
  readonly pid: number | undefined;
  /** Rejects when the emulator exits by itself; resolves after `stop`. */
  readonly ended: Promise<void>;
  /** Ends the emulator. Everything it has acknowledged is on disk. Never rejects. */
  readonly stop: () => Promise<void>;
}

// The emulator must not outlive this process, even after a SIGKILL. Descriptor 3 is a pipe that the
// kernel closes when this process ends; the subshell then kills the emulator, whose process id is
// $$. That also ends a hung emulator, and is safe: all that it has acknowledged is on disk. The
// umask keeps its files readable by their owner only.
const EXIT_WITH_PARENT =
  'umask 077; (cat <&3; kill -KILL "$$") >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@"';

const READY_TIMEOUT_MS = 10_000;
const READY_POLL_MS = 25;
const REQUEST_TIMEOUT_MS = 1_000;
const KILL_AFTER_MS = 1_500;

/**
 * Starts dynoxide on the database `file`, or in memory, and waits until it responds. Unless
 * `fixedAddress` is given, it listens on an address that no web page can find. Throws a StartError
 * if this platform has no binary, or with the emulator's output if it does not start.
 */
export const startEmbeddedDynamoDB = async (
  file: string | undefined,
  fixedAddress?: Address,
): Promise<EmbeddedDynamoDB> => {
  const emulator = findEmulatorBinary();
  const address = fixedAddress ?? (await chooseEmulatorAddress());
  const child = spawnEmulator(emulator, address, file);
  const supervised = superviseChild(child);
  try {
    await waitUntilReady(address, child, file);
    if (file) addEmulatorIndexes(file);
  } catch (error) {
    await supervised.stop();
    throw error;
  }
  const endpoint = `http://${address.host}:${address.port}`;
  return { endpoint, address, pid: child.pid, ...supervised };
};

const spawnEmulator = (
  emulator: string,
  { host, port }: Address,
  file: string | undefined,
): ChildProcess => {
  const args = ['--host', host, '--port', String(port), ...(file ? ['--db-path', file] : [])];
  return spawn('sh', ['-c', EXIT_WITH_PARENT, emulator, 'serve', ...args], {
    // In its own process group, so that Ctrl-C reaches only this process, which stops it last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
};

const waitUntilReady = async (
  address: Address,
  child: ChildProcess,
  file: string | undefined,
): Promise<void> => {
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr = `${stderr}${chunk}`.slice(-2_000);
  });
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  for (const deadline = Date.now() + READY_TIMEOUT_MS; isAlive() && Date.now() < deadline; ) {
    if ((await isResponding(address)) && isAlive()) return;
    await delay(READY_POLL_MS);
  }
  const message = `The embedded DynamoDB did not start. Its output: ${stderr.trim() || 'none'}`;
  throw new StartError(file ? `${message}. Is the disk full or ${file} damaged?` : message);
};

// Not with fetch, which blocks some ports, as browsers do.
const isResponding = (address: Address): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get({ ...address, agent: false, timeout: REQUEST_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(true);
    });
    request.on('timeout', () => request.destroy()).on('error', () => resolve(false));
  });

const superviseChild = (child: ChildProcess): Pick<EmbeddedDynamoDB, 'ended' | 'stop'> => {
  let stopping = false;
  const exited = once(child, 'exit').finally(() => child.stdio[3]?.destroy());
  const ended = exited.then(([code, signal]) => {
    if (!stopping) throw new Error(`The embedded DynamoDB exited unexpectedly (${code ?? signal})`);
  });
  // A rejection that is not awaited yet must not end this process.
  ended.catch(() => undefined);
  const stop = async (): Promise<void> => {
    stopping = true;
    child.kill();
    const killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    await exited;
    clearTimeout(killTimer);
  };
  return { ended, stop };
};
