import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localConnection } from '../../src/local/database.ts';
import { type ClientLimits, createClient, LIMITS } from '../../src/runtime/aws-client.ts';

// It answers nothing, or the beginning of an answer.
let requests = 0;
let begun: string | undefined;
const server = createServer((_, response) => {
  requests += 1;
  if (begun !== undefined) response.writeHead(200).write(begun);
});
let config: ReturnType<typeof localConnection>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  config = localConnection(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const IMPATIENT = { attempts: 2, connectMs: 300, answerMs: 300 };
const PARAMETER = new GetParameterCommand({ Name: '/any' });
const SECRET = new GetSecretValueCommand({ SecretId: 'any' });

describe.each([
  {
    name: 'CloudFormation',
    ask: (limits: ClientLimits) =>
      createClient(CloudFormationClient, limits, config).send(new ListStacksCommand()),
  },
  {
    name: 'DynamoDB',
    ask: (limits: ClientLimits) =>
      createClient(DynamoDBClient, limits, config).send(new ListTablesCommand()),
  },
  {
    name: 'DynamoDB streams',
    ask: (limits: ClientLimits) =>
      createClient(DynamoDBStreamsClient, limits, config).send(new ListStreamsCommand()),
  },
  {
    name: 'Secrets Manager',
    ask: (limits: ClientLimits) => createClient(SecretsManagerClient, limits, config).send(SECRET),
  },
  {
    name: 'SSM',
    ask: (limits: ClientLimits) => createClient(SSMClient, limits, config).send(PARAMETER),
  },
])('a client of $name', ({ ask }) => {
  it('gives up after its attempts when there is no answer', async () => {
    begun = undefined;
    requests = 0;
    await expect(ask(IMPATIENT)).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(requests).toBe(2);
  });

  it('gives up when an answer stops in its middle', async () => {
    begun = '{';
    await expect(ask({ ...IMPATIENT, silenceMs: 300 })).rejects.toThrow();
  });
});

const worstMs = ({ attempts, connectMs, answerMs }: (typeof LIMITS)[keyof typeof LIMITS]): number =>
  attempts * (connectMs + answerMs);

it.each([
  { name: 'tables', seconds: 9 },
  { name: 'tablesOutsideLambda', seconds: 9 },
  { name: 'besideTables', seconds: 4 },
  { name: 'streams', seconds: 18 },
  { name: 'management', seconds: 75 },
] as const)('at worst the attempts of $name take $seconds s', ({ name, seconds }) => {
  expect(worstMs(LIMITS[name])).toBe(seconds * 1_000);
});

// Any other way to make one would do without the limits, and the SDK's own default is none.
it('every client of the project is made with limits', () => {
  const files = globSync('{src,infra}/**/*.ts');
  const making = files.filter((file) =>
    /\bnew\s+\w*Client\w*\s*\(/.test(readFileSync(file, 'utf8')),
  );
  expect(files).toContain('src/local/database.ts');
  expect(making).toEqual(['src/runtime/aws-client.ts']);
});

// The limits of a function have no end for an answer that stops in its middle: Lambda is that end.
it('every client of tables outside Lambda has the limits for that', () => {
  const texts = globSync('src/{cli,local}/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const calls = texts.flatMap((text) => text.match(/\bcreateDocumentClient\([^;]*;/g) ?? []);
  expect(calls.length).toBeGreaterThan(1);
  expect(calls.filter((call) => !call.includes('LIMITS.tablesOutsideLambda'))).toEqual([]);
});
