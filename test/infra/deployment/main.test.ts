import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { STACK_DESCRIPTION } from '../../../infra/app/stack-description.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { bareTemplate, writeAssembly } from './assembly.ts';
import { type FakeStack, startFakeAws } from './fake-aws.ts';

vi.setConfig({ testTimeout: 60_000 });

// A `cdk` that records how it was called, and copies a prepared assembly to synthesize. A deployment
// also records its region and its settings file, and then runs $END.
const CDK = `
echo "$@" >> "$RAN"
if [ "$1" = synth ]; then mkdir -p "$4" && cp "$READY"/* "$4"; fi
if [ "$1" = deploy ]; then echo "$AWS_REGION $SESSION_COUNTER_SETTINGS" >> "$RAN"; eval "$END"; fi
`;

// Installs it into the project in this folder, as the package aws-cdk.
const installCdk = (folder: string): void => {
  const bin = join(folder, 'node_modules/aws-cdk/bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'cdk.sh'), CDK);
  const shell = ['/bin/sh', join(bin, 'cdk.sh')];
  const args = `[...${JSON.stringify(shell)}, ...process.argv.slice(2)]`;
  writeFileSync(join(bin, 'cdk'), `process.execve('/bin/sh', ${args}, process.env);`);
};

const textOf = (content: object | string): string =>
  typeof content === 'string' ? content : JSON.stringify(content);

interface CommandRun {
  readonly child: ChildProcess;
  readonly file: string;
  readonly ran: () => string[];
  readonly end: Promise<{ readonly code: number; readonly said: string }>;
}

interface RunOptions {
  readonly args?: string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly stacks?: Record<string, FakeStack>;
  readonly isBootstrapped?: boolean;
  /** The cdk.json of the project in the working directory. */
  readonly cdkJson?: object | string;
  /** The shell command that ends a deployment. */
  readonly end?: string;
}

// Runs the script of `npm run deploy` in a process of its own.
const start = async (options: RunOptions = {}): Promise<CommandRun> => {
  const folder = temporaryFolder();
  const file = join(folder, 'session-counter.json');
  const endpoint = await startFakeAws({
    stacks: options.stacks ?? {},
    parameters: (options.isBootstrapped ?? true) ? ['/cdk-bootstrap/hnb659fds/version'] : [],
    failures: {},
  });
  installCdk(folder);
  if (options.cdkJson) writeFileSync(join(folder, 'cdk.json'), textOf(options.cdkJson));
  writeAssembly(join(folder, 'ready'), 'session-counter', bareTemplate());
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|npm)_/.test(name));
  const command = [
    resolve('infra/deployment/main.ts'),
    'deploy',
    '--settings',
    file,
    '-o',
    join(folder, 'out'),
  ];
  const child = spawn(process.execPath, [...command, ...(options.args ?? [])], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...Object.fromEntries(kept),
      ...{ HOME: folder, RAN: join(folder, 'ran'), READY: join(folder, 'ready') },
      END: options.end ?? 'exit 0',
      ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-central-1' },
      ...{ AWS_ENDPOINT_URL_CLOUDFORMATION: endpoint, AWS_ENDPOINT_URL_SSM: endpoint },
      AWS_EC2_METADATA_DISABLED: 'true',
      ...options.env,
    },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const end = Promise.all([text(child.stderr), once(child, 'exit')]);
  return {
    child,
    file,
    ran: () => readLines(join(folder, 'ran')).map((line) => line.replaceAll(folder, '~')),
    end: end.then(([said, [code]]) => ({ code, said })),
  };
};

const readLines = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];

const DEPLOYED = [
  'synth --quiet --output ~/out',
  'deploy --app ~/out',
  'eu-central-1 ~/session-counter.json',
];

it('writes the file, synthesizes, and deploys what it synthesized, in the region that it queried', async () => {
  const { end, ran, file } = await start();
  const { code, said } = await end;
  expect({ code, said }).toEqual({
    code: 0,
    said: expect.stringContaining('Alarms notify nobody'),
  });
  expect(ran()).toEqual(DEPLOYED);
  expect(existsSync(file)).toBe(true);
});

it('bootstraps first when there is no bootstrap, and keeps the exit code of the CDK', async () => {
  const { end, ran } = await start({ isBootstrapped: false, end: 'exit 3' });
  const { code, said } = await end;
  expect({ code, said }).toEqual({
    code: 3,
    said: expect.stringContaining('Running cdk bootstrap'),
  });
  expect(ran()).toEqual([DEPLOYED[0], 'bootstrap', ...DEPLOYED.slice(1)]);
});

it('works in the account of the cdk.json in the project, as the cdk command does', async () => {
  const profiles = join(temporaryFolder(), 'profiles');
  writeFileSync(
    profiles,
    '[shop]\naws_access_key_id = a\naws_secret_access_key = b\nregion = us-west-2\n',
  );
  const { end, ran } = await start({
    cdkJson: { profile: 'shop', context: { '@aws-cdk/core:bootstrapQualifier': 'ours', site: 1 } },
    env: { AWS_SHARED_CREDENTIALS_FILE: profiles, AWS_REGION: undefined },
  });
  expect(await end).toMatchObject({ code: 0 });
  const context = '--context @aws-cdk/core:bootstrapQualifier=ours';
  expect(ran()).toEqual([
    `synth --quiet --output ~/out --profile shop ${context}`,
    `bootstrap --profile shop ${context}`,
    'deploy --app ~/out',
    'us-west-2 ~/session-counter.json',
  ]);
});

it('writes the file of a running counter from its stack, and stops', async () => {
  const { end, ran, file } = await start({
    stacks: {
      'session-counter': {
        description: STACK_DESCRIPTION,
        template: bareTemplate({ ratePerSecond: 7 }),
      },
    },
  });
  const { code, said } = await end;
  expect({ code, ran: ran() }).toEqual({ code: 1, ran: [] });
  expect(said).toContain('Wrote the file with the settings of the stack.');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ ratePerSecond: 7 });
});

describe('runs nothing, writes nothing and says so', () => {
  it.each([
    {
      when: 'there is no region',
      env: { AWS_REGION: undefined },
      expected: ['AWS could not be queried: Region is missing', 'set AWS_REGION'],
    },
    {
      when: 'AWS does not answer',
      env: { AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://127.0.0.1:1' },
      expected: ['AWS could not be queried: connect ECONNREFUSED'],
    },
    {
      when: 'npm took the settings as its own option',
      env: { npm_lifecycle_event: 'deploy', npm_config_call: 'allowedOrigins=*' },
      expected: ['npm took -c as its own option. Put -- before it: npm run deploy -- -c …'],
    },
    {
      when: 'a setting is on the command line',
      args: ['-c', 'burst=1'],
      expected: ['write burst'],
    },
    {
      when: 'the cdk.json of the project is not JSON',
      cdkJson: '{ "app": }',
      expected: ['cdk.json is not valid: Unexpected token'],
    },
  ])('when $when', async ({ expected, when: _, ...options }) => {
    const { end, ran, file } = await start(options);
    const { code, said } = await end;
    expect({ code, ran: ran(), isWritten: existsSync(file) }).toEqual({
      ...{ code: 1, ran: [], isWritten: false },
    });
    for (const words of expected) expect(said).toContain(words);
    // A sentence without a stack trace.
    expect(said).not.toContain('    at ');
  });
});

it('only prints its help for --help', async () => {
  const { end, ran, file } = await start({ args: ['--help'] });
  const { code, said } = await end;
  expect({ code, ran: ran(), isWritten: existsSync(file) }).toEqual({
    ...{ code: 0, ran: [], isWritten: false },
  });
  expect(said).toContain('npm run deploy -- [--settings FILE] [--change NAME ...]');
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  'forwards %s to the CDK, waits until it exits, and says what happens to the deployment',
  async (signal) => {
    // It says that it waits once it can be interrupted: a signal before that would leave the sleep behind.
    const trap = `trap 'echo signalled >> "$RAN"; kill $!; exit 130' ${signal.slice(3)}`;
    const wait = `${trap}; sleep 60 & echo waiting >> "$RAN"; wait`;
    const { child, end, ran } = await start({ end: wait });
    await vi.waitFor(() => expect(ran()).toContain('waiting'), { timeout: 50_000 });
    child.kill(signal);
    const { code, said } = await end;
    expect({ code, ran: ran() }).toEqual({ code: 130, ran: [...DEPLOYED, 'waiting', 'signalled'] });
    expect(said).toContain('Interrupted. CloudFormation finishes or rolls back');
  },
);

it.each([
  { args: [], expected: 'no script was named' },
  { args: ['deply'], expected: 'there is no script deply' },
])('names the scripts when it is called with $args', ({ args, expected }) => {
  const { status, stderr } = spawnSync(process.execPath, ['infra/deployment/main.ts', ...args], {
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: `Run npm run deploy, npm run synth or npm run destroy: ${expected}\n`,
  });
});

it('exits like a shell when the CDK is killed', async () => {
  const { end } = await start({ end: 'kill -9 $$' });
  expect((await end).code).toBe(137);
});
