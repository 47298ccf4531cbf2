import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { onTestFinished } from 'vitest';
import { createDocumentClient } from '../../src/tables/document-client.ts';

/** Returns DynamoDB's response to a request, both as sent over the wire. */
export type Answer = (request: Record<string, unknown>) => object;

/** A client of a DynamoDB that responds with `answer`; an error that `answer` throws is sent under its name, with its properties. */
export const clientOf = async (answer: Answer): Promise<DynamoDBDocumentClient> => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const endpoint = await endpointOf(answer);
  return createDocumentClient({ endpoint, region: 'us-east-1', credentials });
};

/** Cancels a transaction for these reasons, one for each of its writes. */
export const cancelTransaction = (codes: readonly string[]): never => {
  throw Object.assign(new Error('The transaction is cancelled'), {
    name: 'TransactionCanceledException',
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
};

/** The endpoint of such a DynamoDB, stopped after the test. */
export const endpointOf = async (answer: Answer): Promise<string> => {
  const server = createServer(async (message, response) => {
    const { status, body } = await answerOf(answer, message);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
};

const answerOf = async (answer: Answer, message: IncomingMessage) => {
  const request = (await json(message)) as Record<string, unknown>;
  try {
    return { status: 200, body: answer(request) };
  } catch (error) {
    const { name, message: text, ...details } = error as Error;
    const __type = `com.amazonaws.dynamodb.v20120810#${name}`;
    return { status: 400, body: { __type, message: text, ...details } };
  }
};
