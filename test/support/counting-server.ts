import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server that answers every request with `{}`, and keeps what came in. */
export interface CountingServer {
  readonly endpoint: string;
  /** The method and path of each request, and the operation of one to DynamoDB. */
  readonly requests: string[];
  /** The number of connections that were opened. */
  readonly connections: () => number;
}

/** Starts such a server; it is stopped after the test. */
export const startCountingServer = async (): Promise<CountingServer> => {
  const requests: string[] = [];
  let connections = 0;
  const server = createServer(({ method, url, headers }, response) => {
    const operation = String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1);
    requests.push([method, url, operation].filter(Boolean).join(' '));
    response.end('{}');
  });
  server.on('connection', () => {
    connections += 1;
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, requests, connections: () => connections };
};
