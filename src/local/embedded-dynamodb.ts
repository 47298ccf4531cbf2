import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Address, chooseEmulatorAddress } from './emulator-address.ts';
import { findEmulatorBinary } from './emulator-binary.ts';
import { addEmulatorIndexes } from './emulator-indexes.ts';
import { StartError } from './start-error.ts';

/** A DynamoDB that runs beside this process. */
export interface EmbeddedDynamoDB {
  readonly endpoint: string;
  readonly address: Address;
  /** Its process, for whoever wants to see it die. */
  readonly pid: number | undefined;
  /** Rejects when the emulator ends although nobody stopped it; resolves when it was stopped. */
  readonly ended: Promise<void>;
  /** Ends the emulator, which has all that was written on disk. Never rejects. */
  readonly stop: () => Promise<void>;
}

// The emulator must not outlive this process, not even a SIGKILL: descriptor 3 is a pipe that the
// kernel closes when we end, and then the subshell ends the emulator, whose process id is $$, even
// one that hangs: what it has answered is on the disk. Its files are for their owner alone.
const WITH_LIFELINE =
  'umask 077; (cat <&3; kill -KILL "$$") >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@"';

const READY_MS = 10_000;
const READY_PAUSE_MS = 25;
const ANSWER_MS = 1_000;
const STOP_GRACE_MS = 1_500;

/**
 * Starts dynoxide over the database `file`, or in memory, and waits until it answers. Takes an
 * address that no web page can find unless it is given one. Throws a StartError where this
 * platform has no binary, or with the emulator's own words when it does not start.
 */
export const startEmbeddedDynamoDB = async (
  file: string | undefined,
  givenAddress?: Address,
): Promise<EmbeddedDynamoDB> => {
  const emulator = findEmulatorBinary();
  const address = givenAddress ?? (await chooseEmulatorAddress());
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
  const where = ['--host', host, '--port', String(port), ...(file ? ['--db-path', file] : [])];
  return spawn('sh', ['-c', WITH_LIFELINE, emulator, 'serve', ...where], {
    // A process group of its own: Ctrl-C is for us, and we stop the emulator last.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
};

const waitUntilReady = async (
  address: Address,
  child: ChildProcess,
  file: string | undefined,
): Promise<void> => {
  let words = '';
  child.stderr?.on('data', (chunk) => {
    words = `${words}${chunk}`.slice(-2_000);
  });
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  for (const giveUpAt = Date.now() + READY_MS; isAlive() && Date.now() < giveUpAt; ) {
    if ((await answers(address)) && isAlive()) return;
    await delay(READY_PAUSE_MS);
  }
  const said = `The embedded DynamoDB did not start. It said: ${words.trim() || 'nothing'}`;
  throw new StartError(file ? `${said}. Is the disk full, or ${file} damaged?` : said);
};

// Not by fetch, which like a browser does not connect to every port.
const answers = (address: Address): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get({ ...address, agent: false, timeout: ANSWER_MS }, (response) => {
      response.resume();
      resolve(true);
    });
    request.on('timeout', () => request.destroy()).on('error', () => resolve(false));
  });

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
