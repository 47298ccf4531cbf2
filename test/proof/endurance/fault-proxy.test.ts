import { once } from 'node:events';
import { createServer } from 'node:http';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { CommitTrap, TrapAction } from '../../../proof/endurance/commit-trap.ts';
import { startFaultProxy } from '../../../proof/endurance/fault-proxy.ts';

let reached = 0;

const startTarget = async (): Promise<string> => {
  reached = 0;
  const server = createServer((_, response) => {
    reached += 1;
    response.setHeader('content-type', 'application/x-amz-json-1.0').end('{"TableNames":["a"]}');
  });
  onTestFinished(() => void server.close().closeAllConnections());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
};

const listTables = async (target: string, trap?: TrapAction) => {
  const commitTrap: CommitTrap = { arm: async () => false, trigger: () => trap };
  const { endpoint, stopFaults, stop } = await startFaultProxy({ target, seed: 1, commitTrap });
  onTestFinished(stop);
  stopFaults();
  const client = new DynamoDBClient({
    ...{ endpoint, region: 'us-east-1', maxAttempts: 1 },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  // The traps around a commit never answer.
  const limitMs = trap === undefined || trap === 'refused' ? 10_000 : 300;
  return client.send(new ListTablesCommand({}), { abortSignal: AbortSignal.timeout(limitMs) });
};

let target = '';
beforeEach(async () => {
  target = await startTarget();
});

it('forwards requests and responses', async () => {
  expect((await listTables(target)).TableNames).toEqual(['a']);
});

it('refuses with an error of DynamoDB, without forwarding the request', async () => {
  await expect(listTables(target, 'refused')).rejects.toMatchObject({
    name: 'ThrottlingException',
    $metadata: { httpStatusCode: 400 },
  });
  expect(reached).toBe(0);
});

it.each([
  { trap: 'before the commit', arrivals: 0 },
  { trap: 'after the commit', arrivals: 1 },
] as const)('sends no response: trapped $trap', async ({ trap, arrivals }) => {
  await expect(listTables(target, trap)).rejects.toMatchObject({ name: 'AbortError' });
  expect(reached).toBe(arrivals);
});

it('resets the connection when nothing listens at its target', async () => {
  await expect(listTables('http://127.0.0.1:1')).rejects.toMatchObject({ code: 'ECONNRESET' });
});
