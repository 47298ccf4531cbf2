import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/**
 * Responds to GetSecretValue and DescribeSecret as AWS does; the current version id of a secret is derived
 * from its name. `silent` never responds, `denied` refuses.
 */
export const startSecretsManager = async (
  secrets: Readonly<Record<string, string>> | 'silent' | 'denied',
): Promise<string> => {
  const server = createServer(async (request, response) => {
    const { SecretId } = (await json(request)) as { SecretId: string };
    if (secrets === 'silent') return;
    const SecretString = secrets === 'denied' ? undefined : secrets[SecretId];
    const isDescribed = String(request.headers['x-amz-target']).endsWith('DescribeSecret');
    const found = isDescribed ? describeVersions(SecretId) : { SecretString };
    const failure = secrets === 'denied' ? 'AccessDeniedException' : 'ResourceNotFoundException';
    response
      .writeHead(SecretString ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(SecretString ? found : { __type: failure, message: 'no such secret' }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const describeVersions = (secretId: string) => ({
  VersionIdsToStages: { older: ['AWSPREVIOUS'], [`of-${secretId}`]: ['AWSCURRENT'] },
});
