import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** The address to which a custom resource responds. */
export interface CloudFormation {
  readonly url: string;
  /** The responses that were taken. */
  readonly responses: Record<string, unknown>[];
  /** The content type of each response, taken or not. */
  readonly contentTypes: (string | undefined)[];
}

/** Takes responses of custom resources, as S3 does for CloudFormation, but refuses the first few. */
export const startCloudFormation = async (refusals = 0): Promise<CloudFormation> => {
  const responses: Record<string, unknown>[] = [];
  const contentTypes: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Record<string, unknown>;
    contentTypes.push(request.headers['content-type']);
    const isTaken = request.method === 'PUT' && contentTypes.length > refusals;
    if (isTaken) responses.push(body);
    response.writeHead(isTaken ? 200 : 503).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, responses, contentTypes };
};
