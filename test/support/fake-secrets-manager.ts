import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** Answers GetSecretValue as AWS does. `silent` takes the request and never answers. */
export const startSecretsManager = async (
  secrets: Readonly<Record<string, string>> | 'silent',
): Promise<string> => {
  const server = createServer(async (request, response) => {
    const { SecretId } = (await json(request)) as { SecretId: string };
    if (secrets === 'silent') return;
    const SecretString = secrets[SecretId];
    const missing = { __type: 'ResourceNotFoundException', message: 'no such secret' };
    response
      .writeHead(SecretString ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(SecretString ? { SecretString } : missing));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
