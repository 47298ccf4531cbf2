import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { localConnection } from '../../src/local/database.ts';
import { createDocumentClient } from '../../src/tables/document-client.ts';
import { openConnection } from '../../src/tables/open-connection.ts';
import { readCounter } from '../../src/tables/read-counter.ts';
import { startCountingServer } from '../support/counting-server.ts';

afterEach(() => vi.unstubAllEnvs());

const clientOf = (endpoint: string) => {
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoint);
  return createDocumentClient(localConnection(endpoint));
};

it('opens the connection that the next request uses', async () => {
  const { endpoint, requests, connections } = await startCountingServer();
  const client = clientOf(endpoint);
  await openConnection(client);
  await readCounter(client, 'counts');
  expect(requests).toEqual(['GET /', 'POST / GetItem']);
  expect(connections()).toBe(1);
});

it('throws when DynamoDB cannot be reached', async () => {
  await expect(openConnection(clientOf('http://127.0.0.1:9'))).rejects.toThrow('ECONNREFUSED');
});

it('gives up on an answer that stops in the middle', async () => {
  const server = createServer((_, response) => void response.write('heal'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  await expect(openConnection(clientOf(`http://127.0.0.1:${port}`))).rejects.toThrow();
});
