import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartError } from './start-error.ts';

/** Where the emulator listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

// Not in 127.0.0.0/16, where other programs listen and where a page would scan first.
const randomLoopbackHost = (): string =>
  `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;

// Above all ports that browsers and the fetch of Node.js block, and below those that systems give to
// connections: the emulator refuses a port that any address of the machine uses.
const MIN_PORT = 16_384;
const MAX_PORT_EXCLUSIVE = 32_768;

const ATTEMPTS = 20;

// Windows refuses ports of the ranges that it reserves for Hyper-V and others.
// See: netsh int ipv4 show excludedportrange protocol=tcp
const TAKEN_PORT = ['EADDRINUSE', 'EACCES'];

/** Resolves to undefined if the address can be bound, else to the error code. */
type TryListen = (address: Address) => Promise<string | undefined>;

/**
 * A free address on the loopback interface that a web page cannot find, because the emulator obeys
 * every client that can connect. It is one of 270,000,000,000 (38 random bits: a host in
 * 127.0.0.0/8 and a port). On a system that only has 127.0.0.1 it is a port there that browsers
 * block. Throws a StartError if no address is free.
 */
export const chooseEmulatorAddress = async (
  chooseHost: () => string = randomLoopbackHost,
  tryListen: TryListen = tryListenOnce,
): Promise<Address> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const address = { host: chooseHost(), port: randomInt(MIN_PORT, MAX_PORT_EXCLUSIVE) };
    const code = await tryListen(address);
    if (code === undefined) return address;
    if (!TAKEN_PORT.includes(code)) return chooseBlockedPort(tryListen);
  }
  throw noFreePort();
};

// The unprivileged ports of https://fetch.spec.whatwg.org/#port-blocking
const BLOCKED_BY_BROWSERS = [
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668],
  ...[6669, 6679, 6697, 10_080],
];

const chooseBlockedPort = async (tryListen: TryListen): Promise<Address> => {
  for (const port of BLOCKED_BY_BROWSERS) {
    const address = { host: '127.0.0.1', port };
    if ((await tryListen(address)) === undefined) return address;
  }
  throw noFreePort();
};

const noFreePort = (): StartError =>
  new StartError('No port is free on the loopback interface for the embedded DynamoDB');

const tryListenOnce: TryListen = async ({ host, port }) => {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
  server.close();
  await once(server, 'close');
  return undefined;
};
