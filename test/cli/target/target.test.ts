import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { runCommandHere } from '../../support/counter-command.ts';
import { runLocalCounter, untilCounts, visit } from '../../support/local-counter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useCommandTarget } from '../../support/use-command-target.ts';

const { database } = useCommandTarget();

/** Starts a CloudFormation that answers every request with this XML. */
const answerStacks = async (status: number, xml: string): Promise<void> => {
  const server = createServer((_, response) => response.writeHead(status).end(xml));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', `http://127.0.0.1:${port}`);
};

const stackOf = (outputs: Record<string, string>): string => {
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>blog</StackName><Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
};

describe('--stack', () => {
  it.each(['Counter', ''])(
    'finds the only counter, with the id "%s", in the outputs',
    async (id) => {
      const { SESSIONS_TABLE, COUNTS_TABLE } = database().tables;
      const outputs = {
        [`${id}SessionsTable`]: SESSIONS_TABLE,
        [`${id}CountsTable`]: COUNTS_TABLE,
        [`${id}Settings`]: JSON.stringify({ ACTIVE_WINDOW_MINUTES: '30' }),
      };
      await answerStacks(200, stackOf(outputs));
      const { code, out } = await runCommandHere(['status', '--stack', 'blog', '--json']);
      expect({ code, ...JSON.parse(out) }).toMatchObject({
        ...{ code: 0, target: 'the stack blog', total: 0 },
        settings: { activeWindowMinutes: 30, sessionsTable: SESSIONS_TABLE },
      });
    },
  );

  const twoCounters = () => {
    const { SESSIONS_TABLE, COUNTS_TABLE } = database().tables;
    return stackOf({
      ...{ BlogSessionsTable: 'another', BlogCountsTable: 'another', BlogSettings: '{}' },
      ShopSessionsTable: SESSIONS_TABLE,
      ShopCountsTable: COUNTS_TABLE,
      ShopSettings: JSON.stringify({ ACTIVE_WINDOW_MINUTES: '30' }),
      // The output of something else.
      LoginSessionsTable: 'another',
    });
  };

  it('finds one of several counters by --construct', async () => {
    const { SESSIONS_TABLE } = database().tables;
    await answerStacks(200, twoCounters());
    const args = ['status', '--stack', 'sites', '--construct', 'Shop', '--json'];
    const { code, out } = await runCommandHere(args);
    expect({ code, ...JSON.parse(out) }).toMatchObject({
      ...{ code: 0, target: 'the counter Shop of the stack sites', total: 0 },
      settings: { activeWindowMinutes: 30, sessionsTable: SESSIONS_TABLE },
    });
  });

  it('asks which of several counters is meant', async () => {
    await answerStacks(200, twoCounters());
    const { code, err } = await runCommandHere(['status', '--stack', 'sites']);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining(
        'The stack sites has several SessionCounters. Add --construct Blog or --construct Shop',
      ),
    });
  });

  it('says which counters there are instead of an unknown one', async () => {
    await answerStacks(200, twoCounters());
    const { code, err } = await runCommandHere(['status', '--stack', 'sites', '--construct', 'X']);
    expect({ code, err }).toEqual({
      code: 3,
      err: 'The stack sites has no counter X. It has Blog, Shop\n',
    });
  });

  it.each([['--local'], ['--sessions-table', 'a', '--counts-table', 'b'], []])(
    'takes --construct only together with --stack: %j',
    async (...args) => {
      const { code, err } = await runCommandHere(['status', '--construct', 'Blog', ...args]);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('[--construct ID]') });
    },
  );

  it.each([{}, { BlogSettings: 'on' }, { BlogSettings: 'null' }, { BlogSettings: '["on"]' }])(
    'says that the settings of a counter cannot be read: %j',
    async (settings) => {
      const tables = { BlogSessionsTable: 'a', BlogCountsTable: 'b' };
      await answerStacks(200, stackOf({ ...tables, ...settings }));
      const { code, err } = await runCommandHere(['status', '--stack', 'blog']);
      expect({ code, err }).toEqual({
        code: 3,
        err: expect.stringContaining('no valid output BlogSettings. Redeploy it'),
      });
    },
  );

  it('says that a stack has no counter, and which outputs are missing', async () => {
    await answerStacks(200, stackOf({ ApiUrl: 'https://a.example' }));
    const { code, err } = await runCommandHere(['status', '--stack', 'blog']);
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('SessionsTable') });
  });

  it('says that a stack does not exist', async () => {
    const message = 'Stack with id blog does not exist';
    await answerStacks(
      400,
      `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
    const { code, err } = await runCommandHere(['status', '--stack', 'blog']);
    expect({ code, err }).toEqual({
      code: 3,
      err: 'The stack blog does not exist in this account and region\n',
    });
  });
});

describe('--local', () => {
  it('finds the counter that is running on the folder, with its settings', async () => {
    const dataFolder = temporaryFolder();
    const counter = await runLocalCounter({ dataFolder, env: { ACTIVE_WINDOW_MINUTES: '5' } });
    await visit(counter.url);
    await untilCounts(counter.url, 1, 1);
    const { code, out } = await runCommandHere(['status', '--local', '--data', dataFolder]);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/Active now +1 \(5 min/) });
  });

  it('stores no key next to the counts', async () => {
    const dataFolder = temporaryFolder();
    const HASH_KEY = 'secret'.repeat(9);
    await runLocalCounter({ dataFolder, env: { HASH_KEY } });
    expect(readFileSync(`${dataFolder}/instance.json`, 'utf8')).not.toContain(HASH_KEY);
  });

  it('says that none is running, and how to start one', async () => {
    const { code, err } = await runCommandHere(['status', '--local', '--data', temporaryFolder()]);
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('npm start') });
  });
});
