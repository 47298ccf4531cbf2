import { once } from 'node:events';
import { connect } from 'node:net';

/** Whether something listens on the port at this address. */
export const canConnect = async (port: number, address: string): Promise<boolean> => {
  const socket = connect(port, address);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};
