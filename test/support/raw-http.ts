import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection to the server at this address. */
export const openSocket = async (url: string): Promise<Socket> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  return socket.on('error', () => undefined);
};

/**
 * Sends bytes as they are and returns all that comes back until the server closes, or until it has
 * been silent for `patience` milliseconds.
 */
export const sendRaw = async (
  url: string,
  bytes: string | Uint8Array,
  patience = 1_000,
): Promise<string> => {
  const socket = (await openSocket(url)).setTimeout(patience, () => socket.destroy());
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk) => (received += chunk));
  const closed = once(socket, 'close');
  socket.write(bytes);
  await closed;
  return received;
};

/** Sends bytes and resets the connection in the same breath, or at the first byte that comes. */
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
