import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { beforeEach, expect, it, vi } from 'vitest';
import { connectToAws } from '../../../infra/deployment/aws.ts';
import type { RunCdk } from '../../../infra/deployment/run-cdk.ts';
import { LOG_OUTPUT, OBSERVER_DESCRIPTION } from '../../../infra/observer/observer-names.ts';
import { createObserveCommand } from '../../../proof/observation/observe-command.ts';
import { SYSTEM_CLOCK } from '../../../src/cli/clock.ts';
import { createConsole } from '../../../src/cli/console/console.ts';
import { runCommand } from '../../../src/cli/run-command.ts';
import { type FakeAccount, startFakeAws } from '../../infra/deployment/fake-aws.ts';
import { awsVariables } from '../../support/counter-command.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { recordingOf, records } from '../../support/made-up-recording.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const database = useDatabase();

const OBSERVER = { description: OBSERVER_DESCRIPTION, outputs: { [LOG_OUTPUT]: 'the-log' } };

const HEALTHY = recordingOf([
  { shard: 'a', at: 10, records: records(1, 2) },
  { shard: 'a', at: 20, records: records(3) },
]);
const BROKEN = recordingOf([{ shard: 'a', at: 10, records: records(2, 1) }]);

interface Call {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

let account: FakeAccount;
let ran: Call[];
let cdkCode: number;

beforeEach(async () => {
  const { SESSIONS_TABLE, COUNTS_TABLE } = database().tables;
  const outputs = { SessionsTable: SESSIONS_TABLE, CountsTable: COUNTS_TABLE, Settings: '{}' };
  account = {
    stacks: { blog: { outputs }, 'blog-observer': OBSERVER },
    ...{ parameters: [], failures: {}, logs: { 'the-log': HEALTHY } },
  };
  ran = [];
  cdkCode = 0;
  for (const [name, value] of Object.entries(awsVariables(database()))) vi.stubEnv(name, value);
  vi.stubEnv('AWS_ENDPOINT_URL', await startFakeAws(account));
  return () => void vi.unstubAllEnvs();
});

const cdk: RunCdk = async (args, env) => {
  ran.push({ args, env });
  return cdkCode;
};

const run = async (args: string[], isJson = false) => {
  const streams = { out: new PassThrough(), err: new PassThrough() };
  const printed = [text(streams.out), text(streams.err)];
  const code = await runCommand(createObserveCommand({ connect: connectToAws, cdk }), args, {
    console: createConsole(streams, isJson),
    ...{ env: process.env, signal: new AbortController().signal, clock: SYSTEM_CLOCK },
  });
  streams.out.end();
  streams.err.end();
  const [out = '', err = ''] = await Promise.all(printed);
  return { code, out, err };
};

const fileOf = (content: string | Buffer, name = 'recording.jsonl'): string => {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, content);
  return file;
};

it('checks the lines of a file, and exits 0 when no assumption is broken', async () => {
  const { code, out } = await run(['--file', fileOf(HEALTHY.join('\n'))]);
  expect(code).toBe(0);
  expect(out).toContain('holds     In a shard, records are first delivered in order');
  expect(out).toContain('          3 records delivered for the first time, 0 after a later one');
  expect(out).toMatch(/Of 11 assumptions 6 hold, 0 are broken, 0 are unclear, 5 were not tested/);
});

it('exits 1 when an assumption is broken, and shows the counterexample and its consequence', async () => {
  const { code, out } = await run(['--file', fileOf(BROKEN.join('\n'))]);
  expect(code).toBe(1);
  expect(out).toContain('a: 1 was first delivered after 2');
  expect(out).toContain('A record first delivered after the checkpoint has passed it is lost');
});

it('prints everything as JSON, also for a gzipped file', async () => {
  const file = fileOf(gzipSync(BROKEN.join('\n')), 'recording.jsonl.gz');
  const { checks, measurements } = JSON.parse((await run(['--file', file], true)).out);
  expect(checks.find(({ name }: { name: string }) => name === 'first-in-order')).toMatchObject({
    ...{ result: 'broken', broken: ['a: 1 was first delivered after 2'], unclear: 0 },
  });
  expect(measurements.invocations).toContain('1 taken, 0 failed on purpose');
});

it('fails when there is nothing to check', async () => {
  const { code, err } = await run(['--file', fileOf('{"level":"INFO"}\n')]);
  expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('No invocation') });
});

it('fetches what the observer of a stack logged, page by page, and keeps it when asked', async () => {
  const file = join(temporaryFolder(), 'kept.jsonl');
  const { code, out } = await run(['--stack', 'blog', '--to', file]);
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('2 taken') });
  expect(readFileSync(file, 'utf8')).toBe(HEALTHY.map((line) => `${line}\n`).join(''));
  expect((await run(['--file', file])).out).toBe(out);
});

it('does not overwrite a file', async () => {
  const file = fileOf('mine');
  const { code, err } = await run(['--stack', 'blog', '--to', file]);
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('already exists') });
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

it('fails to fetch when there is no observer', async () => {
  delete account.stacks['blog-observer'];
  const { code, err } = await run(['--stack', 'blog']);
  expect({ code, err }).toEqual({
    code: 3,
    err: 'The stack blog-observer does not exist in this account and region\n',
  });
});

it('deploys the observer of a stack on its stream, after a warning', async () => {
  delete account.stacks['blog-observer'];
  const { code, err } = await run(['--stack', 'blog', '--begin']);
  expect({ code, err }).toMatchObject({
    code: 0,
    err: expect.stringContaining('no more than\ntwo'),
  });
  expect(ran).toMatchObject([
    {
      args: [
        'deploy',
        '--app',
        'node infra/observer/observer-app.ts',
        '--output',
        'cdk.out/observer',
        'blog-observer',
      ],
      env: {
        SESSION_COUNTER_OBSERVER: 'blog-observer',
        SESSION_COUNTER_STREAM: database().streamArn,
        AWS_REGION: 'us-east-1',
      },
    },
  ]);
});

it('observes one of several counters in a stack, with an observer of its own', async () => {
  const outputs = account.stacks.blog?.outputs ?? {};
  const prefixed = (id: string, table: string) => ({
    ...Object.fromEntries(Object.entries(outputs).map(([key, value]) => [`${id}${key}`, value])),
    [`${id}SessionsTable`]: table,
  });
  const ours = outputs.SessionsTable ?? '';
  account.stacks.sites = { outputs: { ...prefixed('Shop', 'another'), ...prefixed('Blog', ours) } };
  const { code, out } = await run(['--stack', 'sites', '--construct', 'Blog', '--begin']);
  expect(code).toBe(0);
  expect(out).toContain('npm run observe -- --stack sites --construct Blog;');
  expect(ran).toMatchObject([
    {
      env: {
        SESSION_COUNTER_OBSERVER: 'sites-Blog-observer',
        SESSION_COUNTER_STREAM: database().streamArn,
      },
    },
  ]);
  account.stacks['sites-Blog-observer'] = OBSERVER;
  const checked = await run(['--stack', 'sites', '--construct', 'Blog']);
  expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('2 taken') });
  expect((await run(['--stack', 'sites', '--begin'])).err).toContain('several SessionCounters');
});

it('deploys nothing for a stack that does not exist', async () => {
  const { code, err } = await run(['--stack', 'shop', '--begin']);
  expect({ code, ran }).toEqual({ code: 3, ran: [] });
  expect(err).toContain('The stack shop does not exist in this account and region');
});

it('deletes the observer, even when the counter is gone', async () => {
  delete account.stacks.blog;
  const { code, out } = await run(['--stack', 'blog', '--end']);
  expect({ code, out }).toEqual({ code: 0, out: 'Deleted the observer of blog and its log.\n' });
  expect(ran.map(({ args }) => args.slice(0, 2))).toEqual([['destroy', '--force']]);
  expect(ran[0]?.args.at(-1)).toBe('blog-observer');
});

it.each(['--begin', '--end'])(
  '%s does not touch a stack of that name that is not an observer',
  async (way) => {
    account.stacks['blog-observer'] = { description: 'Something of mine' };
    const { code, err } = await run(['--stack', 'blog', way]);
    expect({ code, ran }).toEqual({ code: 3, ran: [] });
    expect(err).toContain(
      'Stack blog-observer is not an observer of this project; nothing was done',
    );
  },
);

it('fails to delete when there is no observer', async () => {
  delete account.stacks['blog-observer'];
  const { code, err } = await run(['--stack', 'blog', '--end']);
  expect({ code, ran }).toEqual({ code: 3, ran: [] });
  expect(err).toContain('Stack blog-observer does not exist in us-east-1; nothing was done');
});

it('fails when the CDK does', async () => {
  cdkCode = 1;
  const { code, err } = await run(['--stack', 'blog', '--end']);
  expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('with code 1') });
});

it('says what to do when a request to AWS fails', async () => {
  account.failures.DescribeStacks = 'AccessDenied';
  const { code, err } = await run(['--stack', 'blog', '--end']);
  expect({ code, err }).toMatchObject({
    code: 3,
    err: expect.stringMatching(/^AWS could not be queried/),
  });
});

it.each([
  [[]],
  [['--begin']],
  [['--stack', 'blog', '--begin', '--end']],
  [['--stack', 'blog', '--end', '--to', 'x']],
  [['--stack', 'blog', '--file', 'x']],
  [['--file', 'x', '--to', 'y']],
  [['--file', 'x', '--construct', 'Blog']],
  [['--stack', '']],
])('rejects %j', async (args) => {
  expect((await run(args)).code).toBe(2);
  expect(ran).toEqual([]);
});
