import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, ListStreamsCommand } from '@aws-sdk/client-dynamodb-streams';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, expect, it } from 'vitest';
import { localConnection } from '../../src/local/database.ts';
import { type ClientLimits, createClient, LIMITS } from '../../src/runtime/aws-client.ts';

interface SilentServer {
  readonly config: ReturnType<typeof localConnection>;
  requests: number;
}

/** A server that never responds, or sends only the beginning of a response; each test has its own. */
const startSilentServer = async (beginning?: string): Promise<SilentServer> => {
  const server = createServer((_, response) => {
    silent.requests += 1;
    if (beginning !== undefined) response.writeHead(200).write(beginning);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  const silent = { config: localConnection(`http://127.0.0.1:${port}`), requests: 0 };
  return silent;
};

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

const SHORT_LIMITS = { attempts: 2, connectMs: 500, answerMs: 500 };
const PARAMETER = new GetParameterCommand({ Name: '/any' });
type Config = SilentServer['config'];

const CLIENTS = [
  {
    name: 'CloudFormation',
    send: (limits: ClientLimits, config: Config) =>
      createClient(CloudFormationClient, limits, config).send(new ListStacksCommand()),
  },
  {
    name: 'DynamoDB',
    send: (limits: ClientLimits, config: Config) =>
      createClient(DynamoDBClient, limits, config).send(new ListTablesCommand()),
  },
  {
    name: 'DynamoDB streams',
    send: (limits: ClientLimits, config: Config) =>
      createClient(DynamoDBStreamsClient, limits, config).send(new ListStreamsCommand()),
  },
  {
    name: 'SSM',
    send: (limits: ClientLimits, config: Config) =>
      createClient(SSMClient, limits, config).send(PARAMETER),
  },
];

// All at once, because each only waits.
it.concurrent.each(CLIENTS)(
  'a client of $name gives up after its attempts when there is no response',
  async ({ send }) => {
    const silent = await startSilentServer();
    const sent = send(SHORT_LIMITS, silent.config);
    await expect(sent).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(silent.requests).toBe(2);
  },
);

it.concurrent.each(CLIENTS)(
  'a client of $name gives up when a response stops halfway',
  async ({ send }) => {
    const silent = await startSilentServer('{');
    const sent = send({ ...SHORT_LIMITS, silenceMs: 500 }, silent.config);
    await expect(sent).rejects.toThrow();
  },
);

const worstMs = ({ attempts, connectMs, answerMs }: (typeof LIMITS)[keyof typeof LIMITS]): number =>
  attempts * (connectMs + answerMs);

it.each([
  { name: 'tables', seconds: 9 },
  { name: 'tablesOutsideLambda', seconds: 9 },
  { name: 'otherServices', seconds: 4 },
  { name: 'streams', seconds: 18 },
  { name: 'deployment', seconds: 30 },
  { name: 'management', seconds: 75 },
] as const)('at worst the attempts of $name take $seconds s', ({ name, seconds }) => {
  expect(worstMs(LIMITS[name])).toBe(seconds * 1_000);
});

// A client created elsewhere would have no limits, because the SDK's default is none.
it('every client of the project is created with limits', () => {
  const files = globSync('{src,infra}/**/*.ts');
  const creating = files.filter((file) =>
    /\bnew\s+\w*Client\w*\s*\(/.test(readFileSync(file, 'utf8')),
  );
  expect(files).toContain('src/local/database.ts');
  expect(creating).toEqual(['src/runtime/aws-client.ts']);
});

// A function's limits do not cover a response that stops halfway, because Lambda's timeout ends it.
it('every client of tables outside Lambda has the limits for processes outside Lambda', () => {
  const texts = globSync('src/{cli,local}/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const calls = texts.flatMap((text) => text.match(/\bcreateDocumentClient\([^;]*;/g) ?? []);
  expect(calls.length).toBeGreaterThan(1);
  expect(calls.filter((call) => !call.includes('LIMITS.tablesOutsideLambda'))).toEqual([]);
});
