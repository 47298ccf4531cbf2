import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartError } from './start-error.ts';

/** Where the emulator listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

// 127.0.0.0/16 is where other programs listen, and where a page scans first.
const randomLoopbackHost = (): string =>
  `127.${randomInt(1, 255)}.${randomInt(256)}.${randomInt(1, 255)}`;

// Above all ports that browsers, and the fetch of Node.js, refuse to connect to.
const LOWEST_PORT = 16_384;
const PORTS_END = 65_536;

const ATTEMPTS = 20;

/**
 * A free address on the loopback interface that a web page cannot find: the emulator obeys whoever
 * reaches it. One in 800,000,000,000 (39 random bits, of a host in 127.0.0.0/8 and a port); where
 * the system has 127.0.0.1 alone, a port there that no browser connects to. Throws a StartError
 * when no address is free.
 */
export const chooseEmulatorAddress = async (
  chooseHost: () => string = randomLoopbackHost,
): Promise<Address> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const address = { host: chooseHost(), port: randomInt(LOWEST_PORT, PORTS_END) };
    const code = await tryAddress(address);
    if (code === undefined) return address;
    if (code !== 'EADDRINUSE') return chooseBlockedPort();
  }
  throw noAddress();
};

// https://fetch.spec.whatwg.org/#port-blocking, those that need no privilege
const BLOCKED_BY_BROWSERS = [
  ...[1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668],
  ...[6669, 6679, 6697, 10_080],
];

const chooseBlockedPort = async (): Promise<Address> => {
  for (const port of BLOCKED_BY_BROWSERS) {
    const address = { host: '127.0.0.1', port };
    if ((await tryAddress(address)) === undefined) return address;
  }
  throw noAddress();
};

const noAddress = (): StartError =>
  new StartError('The embedded DynamoDB finds no free port on the loopback interface');

/** Undefined when the address can be listened on; else the code of the error. */
const tryAddress = async ({ host, port }: Address): Promise<string | undefined> => {
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
