/**
 * Answers like DynamoDB, Systems Manager and Lambda, with TLS and always the same. Each has a port of its own, because
 * each has a host of its own on AWS: no function finds a connection that another service has opened.
 * Prints the ports.
 */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSelfSigned } from './self-signed-certificate.ts';

const units = { ConsumedCapacity: { CapacityUnits: 0.5 } };

const ANSWERS: Readonly<Record<string, object>> = {
  GetItem: { ...units, Item: { counter: { S: 'distinct_sessions' }, total: { N: '1000' } } },
  Query: { ...units, Count: 3, ScannedCount: 3 },
  UpdateItem: {},
  GetParameter: { Parameter: { Value: 'k'.repeat(64) } },
};

const MAPPING = { State: 'Enabled' };

const answerTo = ({ headers }: IncomingMessage): object => {
  const operation = String(headers['x-amz-target']).split('.').at(-1) ?? '';
  return ANSWERS[operation] ?? MAPPING;
};

const identity = createSelfSigned();

const listen = async (): Promise<number> => {
  const server = createServer(identity, (request, response) => {
    request.resume().once('end', () => response.end(JSON.stringify(answerTo(request))));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
};

const [dynamodb, ssm, lambda] = await Promise.all([listen(), listen(), listen()]);
process.stdout.write(`${JSON.stringify({ dynamodb, ssm, lambda })}\n`);
