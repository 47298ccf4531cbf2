import type { ChildProcess } from 'node:child_process';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Address, chooseEmulatorAddress } from './emulator-address.ts';
import { findEmulatorBinary } from './emulator-binary.ts';
import { addEmulatorIndexes } from './emulator-indexes.ts';
import { type EmulatorProcess, startEmulatorProcess } from './emulator-process.ts';
import { StartError } from './start-error.ts';

/** An embedded DynamoDB: an emulator in a child process. */
export interface EmbeddedDynamoDB extends Pick<EmulatorProcess, 'ended' | 'stop'> {
  readonly endpoint: string;
  readonly address: Address;
  /** The emulator's process id, for tests that stop or kill it. */
  readonly pid: number | undefined;
}

const READY_TIMEOUT_MS = 10_000;
const READY_POLL_MS = 25;
const REQUEST_TIMEOUT_MS = 1_000;

/**
 * Starts dynoxide on the database `file`, or in memory, and waits until it responds. Unless
 * `fixedAddress` is given, it listens on an address that no web page can find. Throws a StartError
 * if its binary is not installed, or with the emulator's output if it does not start.
 */
export const startEmbeddedDynamoDB = async (
  file: string | undefined,
  fixedAddress?: Address,
  platform?: NodeJS.Platform,
): Promise<EmbeddedDynamoDB> => {
  const binary = findEmulatorBinary();
  const address = fixedAddress ?? (await chooseEmulatorAddress());
  const { child, ended, stop } = startEmulatorProcess(
    binary,
    serveArguments(address, file),
    platform,
  );
  try {
    await waitUntilReady(address, child, file);
    if (file) addEmulatorIndexes(file);
  } catch (error) {
    await stop();
    throw error;
  }
  const endpoint = `http://${address.host}:${address.port}`;
  return { endpoint, address, pid: child.pid, ended, stop };
};

const serveArguments = ({ host, port }: Address, file: string | undefined): string[] => [
  ...['serve', '--host', host, '--port', String(port)],
  ...(file ? ['--db-path', file] : []),
];

const waitUntilReady = async (
  address: Address,
  child: ChildProcess,
  file: string | undefined,
): Promise<void> => {
  let output = '';
  const keep = (text: unknown): void => {
    output = `${output}${text}`.slice(-2_000);
  };
  child.stderr?.on('data', keep);
  child.on('error', keep);
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  for (const deadline = Date.now() + READY_TIMEOUT_MS; isAlive() && Date.now() < deadline; ) {
    if ((await isResponding(address)) && isAlive()) return;
    await delay(READY_POLL_MS);
  }
  const message = `The embedded DynamoDB did not start. Its output: ${output.trim() || 'none'}`;
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
