import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection to the server at this address. */
export const openSocket = async (url: string): Promise<Socket> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket.on('error', () => undefined);
};

/** When to close a connection that the server keeps open. */
export interface Patience {
  /** Close once the received text matches. */
  readonly enough?: RegExp | undefined;
  /** Close after this many milliseconds of silence. */
  readonly milliseconds?: number;
}

/** Sends raw bytes and returns everything received until the server closes the connection. */
export const sendRaw = async (
  url: string,
  bytes: string | Uint8Array,
  { enough, milliseconds = 10_000 }: Patience = {},
): Promise<string> => {
  const socket = (await openSocket(url)).setTimeout(milliseconds, () => socket.destroy());
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    received += chunk;
    if (enough?.test(received)) socket.destroy();
  });
  const closed = once(socket, 'close');
  socket.write(bytes);
  await closed;
  return received;
};

/** Sends bytes and resets the connection immediately, or at the first byte received. */
export const sendAndBreakOff = async (
  url: string,
  bytes: string,
  isPatient: boolean,
): Promise<void> => {
  const socket = await openSocket(url);
  const closed = once(socket, 'close');
  socket.once('data', () => socket.resetAndDestroy());
  socket.write(bytes, () => isPatient || socket.resetAndDestroy());
  await closed;
};
