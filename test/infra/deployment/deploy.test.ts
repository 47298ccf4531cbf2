import { existsSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ACTIVE_SHARDS_TYPE } from '../../../infra/active-shards-type.ts';
import { HASH_KEY_TYPE } from '../../../infra/hash-key-type.ts';
import { type CounterSettings, DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { RECORD } from '../../../infra/settings/recorded-settings.ts';
import { counterStack, counterTemplate, openDeployment } from './use-deployment.ts';

// The first template of a process is slow.
beforeAll(() => void counterTemplate(), 120_000);
afterEach(() => void vi.unstubAllEnvs());

const DEPLOY = ['synth --quiet --output OUT', 'deploy --app OUT'];

const EXISTING = {
  sessionsTableStream:
    'arn:aws:dynamodb:eu-central-1:123456789012:table/sessions-restored/stream/2026-11-27T12:00:00.000',
  countsTable: 'counts-restored',
};

describe('the first deployment', () => {
  it('writes the file with the defaults and deploys', async () => {
    const { run, settings } = await openDeployment();
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 0, ran: DEPLOY });
    expect(settings()).toEqual(DEFAULTS);
    expect(said).toContain('There is no stack session-counter in eu-central-1');
    expect(said).toContain('Commit it');
  });

  it('names the stack after the file that --settings names', async () => {
    const { run, settings } = await openDeployment({ file: 'blog.json' });
    expect((await run('deploy')).code).toBe(0);
    expect(settings()).toEqual({ ...DEFAULTS, name: 'blog' });
  });

  it('uses a file that already exists', async () => {
    const { run, write, settings } = await openDeployment();
    write({ ratePerSecond: 7 });
    expect((await run('deploy')).code).toBe(0);
    expect(settings()?.ratePerSecond).toBe(7);
  });

  it.each([
    { settings: {}, start: 'which starts at 0.' },
    { settings: EXISTING, start: 'which continues with the table counts-restored.' },
  ])('says that it creates a counter, $start', async ({ settings, start }) => {
    const { run, write } = await openDeployment();
    write(settings);
    expect((await run('deploy')).said).toContain(`this creates a counter, ${start}`);
  });

  it.each(['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED'])(
    'is repeated after %s, without the protection that keeps the CDK from deleting the remains',
    async (status) => {
      const stacks = { 'session-counter': { ...counterStack(), status } };
      const { run, account } = await openDeployment({ stacks });
      const { code, ran, said } = await run('deploy');
      expect({ code, ran }).toEqual({ code: 0, ran: DEPLOY });
      expect(account.stacks['session-counter']?.isProtected).toBe(false);
      expect(said).toContain(`The first deployment of session-counter failed (${status})`);
    },
  );

  it('continues where only a change set exists', async () => {
    const stacks = { 'session-counter': { status: 'REVIEW_IN_PROGRESS' } };
    const { run } = await openDeployment({ stacks });
    expect(await run('deploy')).toMatchObject({ code: 0, ran: DEPLOY });
  });

  it('refuses a file whose name is not a valid stack name', async () => {
    const { run, file } = await openDeployment({ file: 'my blog.json' });
    const { code, ran, said } = await run('deploy');
    expect({ code, ran, isWritten: existsSync(file) }).toEqual({
      code: 1,
      ran: [],
      isWritten: false,
    });
    expect(said).toContain('name must be a letter, then up to 63 letters, digits or -');
  });
});

// As the versions wrote it that had four partitions by default, and no resource for them.
const earlierTemplate = () => {
  const template = counterTemplate({ activeShards: 4 });
  for (const [id, { Type }] of Object.entries(template.Resources)) {
    if (Type === ACTIVE_SHARDS_TYPE) delete template.Resources[id];
  }
  return template;
};

describe('a file without the number of index partitions', () => {
  it('takes the number that follows from the throttle, in place of the earlier default', async () => {
    const { run, write } = await openDeployment({
      stacks: { 'session-counter': { ...counterStack(), template: earlierTemplate() } },
    });
    write({});
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 0, ran: DEPLOY });
    expect(said).toContain('no settings change');
  });

  it('does not replace a number that was set', async () => {
    const { run, write } = await openDeployment({
      stacks: { 'session-counter': counterStack({ activeShards: 4 }) },
    });
    write({});
    const { code, said } = await run('deploy');
    expect(code).toBe(1);
    expect(said).toContain('"activeShards": 4');
  });
});

describe('a clone without the settings file of a running counter', () => {
  it('gets the file from the stack, with every setting, and deploys nothing', async () => {
    const changed: Partial<CounterSettings> = {
      ...{ ratePerSecond: 7, burst: 9, alarmEmail: 'me@example.com', keepTables: false },
      ...{ hashScheme: 'sha256', retentionDays: 'forever', runbookUrl: 'https://wiki.example' },
      ...{ allowedOrigins: ['https://a.example'], activeShards: 8, touchIntervalSeconds: 5 },
      ...{ activeWindowMinutes: 30, activeReadUnitsPerSecond: 6 },
    };
    const { run, settings } = await openDeployment({
      stacks: { 'session-counter': counterStack(changed) },
    });
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 1, ran: [] });
    expect(settings()).toEqual({ ...DEFAULTS, ...changed });
    expect(said).toContain('Wrote the file with the settings of the stack.');
    expect(said).toContain('run this again');
    // The second run finds nothing to change.
    expect(await run('deploy')).toMatchObject({
      code: 0,
      said: expect.stringContaining('no settings change'),
    });
  });

  it('gets settings derived from the resources of an older version, which recorded none', async () => {
    const old = { alarmEmail: 'me@example.com', ratePerSecond: 7, burst: 9, keepTables: false };
    const template = counterTemplate({ ...old, allowedOrigins: ['https://a.example'] });
    delete template.Metadata;
    const { run, settings } = await openDeployment({
      stacks: { 'session-counter': { ...counterStack(), template } },
    });
    expect((await run('deploy')).code).toBe(1);
    expect(settings()).toEqual({ ...DEFAULTS, ...old, allowedOrigins: ['https://a.example'] });
  });

  it('gets no number of index partitions that nobody set', async () => {
    const { run, settings } = await openDeployment({
      stacks: { 'session-counter': { ...counterStack(), template: earlierTemplate() } },
    });
    expect((await run('deploy')).code).toBe(1);
    expect(settings()?.activeShards).toBeNull();
  });

  // As a version writes it that does not have the setting yet, but has another one.
  const withoutBurst = () => {
    const template = counterTemplate({ burst: 9 });
    const { burst, ...record } = JSON.parse(String(template.Metadata?.[RECORD]));
    template.Metadata = { [RECORD]: JSON.stringify({ ...record, ofTomorrow: 1 }) };
    return template;
  };

  it('derives a setting that the stack does not record from its resources', async () => {
    const { run, settings } = await openDeployment({
      stacks: { 'session-counter': { ...counterStack(), template: withoutBurst() } },
    });
    expect((await run('deploy')).said).not.toContain('unknown');
    expect(settings()).toEqual({ ...DEFAULTS, burst: 9 });
  });

  it('reports a setting that the stack neither records nor shows', async () => {
    const template = withoutBurst();
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type === 'AWS::ApiGatewayV2::Stage') delete Properties.RouteSettings;
    }
    const { run, settings } = await openDeployment({
      stacks: { 'session-counter': { ...counterStack(), template } },
    });
    expect((await run('deploy')).said).toContain('The burst of the stack is unknown');
    expect(settings()).toEqual(DEFAULTS);
  });

  it('reports a counter of another name', async () => {
    const { run, file } = await openDeployment({
      stacks: { blog: counterStack({ name: 'blog' }) },
    });
    const { code, ran, said } = await run('deploy');
    expect({ code, ran, isWritten: existsSync(file) }).toEqual({
      code: 1,
      ran: [],
      isWritten: false,
    });
    expect(said).toContain('there is no stack session-counter here, but there is blog');
    expect(said).toContain('--settings blog.json');
  });
});

describe('a deployment to a running counter', () => {
  const running = (settings = {}) => ({ stacks: { 'session-counter': counterStack(settings) } });

  it('prints each setting that changes', async () => {
    const { run, write } = await openDeployment(running({ ratePerSecond: 200, alarmEmail: 'a@b' }));
    write({ allowedOrigins: ['https://a.example'], ratePerSecond: 50, alarmEmail: null });
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 0, ran: DEPLOY });
    expect(said).toContain(
      [
        'The stack session-counter in eu-central-1: these settings change:',
        '  allowedOrigins: "*" -> ["https://a.example"]',
        '  ratePerSecond: 200 -> 50',
        '  alarmEmail: "a@b" -> null',
      ].join('\n'),
    );
  });

  it('refuses a file that leaves out settings of the stack, instead of replacing them with defaults', async () => {
    const { run, write } = await openDeployment(
      running({ hashScheme: 'sha256', alarmEmail: 'a@b', ratePerSecond: 7 }),
    );
    write({ ratePerSecond: 8 });
    const { code, ran, said } = await run('deploy', '--change', 'hashScheme');
    expect({ code, ran }).toEqual({ code: 1, ran: [] });
    expect(said).toMatch(
      /leaves out settings of the stack.*\n.*\n {2}"hashScheme": "sha256"\n {2}"alarmEmail": "a@b"$/,
    );
  });

  it.each([
    { from: 'hmac-sha256', to: 'sha256', keepTables: true, key: 'changing back uses it again' },
    { from: 'hmac-sha256', to: 'sha256', keepTables: false, key: 'The key is deleted' },
    { from: 'sha256', to: 'hmac-sha256', keepTables: true, key: 'A key is generated' },
  ])('refuses another hash scheme unless it is named: $key', async (change) => {
    const { from, to, keepTables, key } = change;
    const { run, write } = await openDeployment(running({ hashScheme: from, keepTables }));
    write({ hashScheme: to, keepTables });
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 1, ran: [] });
    expect(said).toContain(`hashScheme: "${from}" -> "${to}". No stored row matches any more`);
    expect(said).toContain(key);
    expect(said).toMatch(/npm run deploy -- --settings \S+ --change hashScheme$/);
    expect(await run('deploy', '--change', 'hashScheme')).toMatchObject({ code: 0, ran: DEPLOY });
  });

  it('refuses to stop keeping the tables unless it is named, but not to start', async () => {
    const { run, write, account } = await openDeployment(running());
    write({ keepTables: false });
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 1, ran: [] });
    expect(said).toContain('keepTables: true -> false. The tables lose their deletion protection');
    expect((await run('deploy', '--change', 'keepTables')).code).toBe(0);
    account.stacks['session-counter'] = counterStack({ keepTables: false });
    write({ keepTables: true });
    expect((await run('deploy')).code).toBe(0);
  });

  it.each([
    {
      what: 'of the stack',
      from: {},
      to: EXISTING,
      end: 'The former ones stay, outside the stack.',
    },
    {
      what: 'of the stack, which it does not keep,',
      from: { keepTables: false },
      to: { keepTables: false, ...EXISTING },
      end: 'CloudFormation deletes the former ones, because keepTables is false: deploy keepTables: true first.',
    },
    {
      what: 'that are existing ones',
      from: { ...EXISTING, keepTables: false },
      to: { ...EXISTING, keepTables: false, countsTable: 'counts-again' },
      end: 'The former ones stay, outside the stack.',
    },
    {
      what: 'that are existing ones with those of the stack',
      from: EXISTING,
      to: { sessionsTableStream: null, countsTable: null },
      end: 'the count starts at 0. The former tables stay, outside the stack.',
    },
  ])('refuses to replace the tables $what unless it is named', async ({ from, to, end }) => {
    const { run, write } = await openDeployment(running(from));
    write(to);
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 1, ran: [] });
    expect(said).toMatch(/^ {2}tables: (null|"arn).* -> (null|"arn)/m);
    expect(said).toContain(end);
    expect(await run('deploy', '--change', 'tables')).toMatchObject({ code: 0, ran: DEPLOY });
  });

  it('refuses another name unless it is named', async () => {
    const { run, write } = await openDeployment(running());
    write({ name: 'blog' });
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 1, ran: [] });
    expect(said).toContain('there is no stack blog here, but there is session-counter');
    expect(await run('deploy', '--change', 'name')).toMatchObject({ code: 0, ran: DEPLOY });
  });

  it('refuses a named change that does not happen, so that none stays in a script', async () => {
    const { run, write } = await openDeployment(running());
    write({});
    const { code, ran, said } = await run('deploy', '--change', 'hashScheme');
    expect({ code, ran }).toEqual({ code: 1, ran: [DEPLOY[0]] });
    expect(said).toContain('hashScheme does not change. Leave out --change hashScheme');
  });

  it('refuses an unknown name of a change', async () => {
    const { run } = await openDeployment(running());
    const { code, said } = await run('deploy', '--change', 'hashschema');
    expect(code).toBe(1);
    expect(said).toContain(', not "hashschema"; did you mean hashScheme?');
  });

  it('refuses the stack of another app that contains a counter, and so keeps its other resources', async () => {
    const outputs = { BlogSessionsTable: 'a', BlogCountsTable: 'b', BlogSettings: '{}' };
    const stacks = { 'session-counter': { ...counterStack(), description: 'My shop', outputs } };
    const { run, write } = await openDeployment({ stacks });
    write({});
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 1, ran: [] });
    expect(said).toContain('The stack session-counter is not a counter. Choose another name');
  });

  it('refuses a stack of that name that is not a counter', async () => {
    const stacks = { 'session-counter': { template: { Resources: {} }, description: 'My shop' } };
    const { run, write } = await openDeployment({ stacks });
    write({});
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 1, ran: [] });
    expect(said).toContain('The stack session-counter is not a counter. Choose another name');
  });

  it.each(['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'])(
    'stops while the stack is in %s',
    async (status) => {
      const { run, file } = await openDeployment({
        stacks: { 'session-counter': { ...counterStack(), status } },
      });
      const { code, ran, said } = await run('deploy');
      expect({ code, ran, isWritten: existsSync(file) }).toEqual({
        code: 1,
        ran: [],
        isWritten: false,
      });
      expect(said).toContain(`is being changed (${status})`);
    },
  );
});

describe('tables and key', () => {
  const running = { stacks: { 'session-counter': counterStack() } };
  const idOf = (type: string): string =>
    Object.entries(counterTemplate().Resources).find(([, { Type }]) => Type === type)?.[0] ?? '';
  const TABLE = idOf('AWS::DynamoDB::Table');
  const KEY = idOf(HASH_KEY_TYPE);

  it.each([
    {
      what: 'another logical id of a table',
      name: 'tables',
      change: ({ Resources }: ReturnType<typeof counterTemplate>) => {
        Object.assign(Resources, { Renamed: Resources[TABLE] });
        delete Resources[TABLE];
      },
    },
    {
      what: 'another partition key',
      name: 'tables',
      change: ({ Resources }: ReturnType<typeof counterTemplate>) => {
        Object.assign(Resources[TABLE]?.Properties ?? {}, { KeySchema: [] });
      },
    },
    {
      what: 'another logical id of the key',
      name: 'key',
      change: ({ Resources }: ReturnType<typeof counterTemplate>) => {
        Object.assign(Resources, { Renamed: Resources[KEY] });
        delete Resources[KEY];
      },
    },
    {
      what: 'another parameter for the key',
      name: 'key',
      change: ({ Resources }: ReturnType<typeof counterTemplate>) => {
        Object.assign(Resources[KEY]?.Properties ?? {}, { ParameterName: '/another' });
      },
    },
  ])('are not replaced by $what unless it is named', async ({ name, change }) => {
    const { run, write } = await openDeployment({ ...running, change });
    write({});
    const { code, ran, said } = await run('deploy');
    expect({ code, ran }).toEqual({ code: 1, ran: [DEPLOY[0]] });
    expect(said).toMatch(new RegExp(`^  ${name}: \\w+\\. CloudFormation would`, 'm'));
    expect(await run('deploy', '--change', name)).toMatchObject({ code: 0, ran: DEPLOY });
  });
});

it('says how to keep the key of a version that had it in a secret', async () => {
  const template = counterTemplate();
  const id = 'CounterHashKey8B01B688';
  Object.assign(template.Resources, { [id]: { Type: 'AWS::SecretsManager::Secret' } });
  const stacks = { 'session-counter': { ...counterStack(), template } };
  const { run, write } = await openDeployment({ stacks });
  write({});
  const { code, ran, said } = await run('deploy');
  expect({ code, ran }).toEqual({ code: 1, ran: [DEPLOY[0]] });
  expect(said).toMatch(
    new RegExp(`^  key: ${id}\\. CloudFormation would generate another key`, 'm'),
  );
  expect(said).toContain('docs/operations.md#from-secrets-manager-to-a-parameter');
  expect(await run('deploy', '--change', 'key')).toMatchObject({ code: 0, ran: DEPLOY });
});

describe('the end of a deployment, about alarms,', () => {
  it('says that they notify nobody, and how to change that', async () => {
    const { run, file } = await openDeployment();
    expect((await run('deploy')).said).toMatch(
      new RegExp(`Alarms notify nobody: set alarmEmail in ${file}, and deploy again.$`),
    );
  });

  it('says which address has to confirm', async () => {
    const { run, write } = await openDeployment();
    write({ alarmEmail: 'me@example.com' });
    const { said } = await run('deploy');
    expect(said).toMatch(/Alarms go to me@example.com, once the link .* is confirmed.$/);
    expect(said).not.toContain('nobody');
  });

  it('says that there are none', async () => {
    const { run, write, file } = await openDeployment();
    write({ alarms: false });
    const { said } = await run('deploy');
    expect(said.endsWith(`There are no alarms: alarms is false in ${file}.`)).toBe(true);
  });

  it('says nothing after a deployment that failed', async () => {
    const { run } = await openDeployment({ exitCodes: { deploy: 1 } });
    const { code, said } = await run('deploy');
    expect(code).toBe(1);
    expect(said).not.toContain('nobody');
  });
});

describe('when AWS does not answer', () => {
  it.each([
    { failures: { DescribeStacks: 'ExpiredToken' }, advice: 'Sign in' },
    { failures: { DescribeStacks: 'AccessDenied' }, advice: 'permissions-to-deploy' },
  ])('nothing runs and no file is written: $failures', async ({ failures, advice }) => {
    const { run, file } = await openDeployment({ failures });
    const { code, ran, said } = await run('deploy');
    expect({ code, ran, isWritten: existsSync(file) }).toEqual({
      code: 1,
      ran: [],
      isWritten: false,
    });
    expect(said).toContain('AWS could not be queried: DescribeStacks fails');
    expect(said).toContain(advice);
  });

  it('nothing runs either if it withholds the template of the stack', async () => {
    const { run, file } = await openDeployment({
      stacks: { 'session-counter': counterStack() },
      failures: { GetTemplate: 'AccessDenied' },
    });
    const { code, ran } = await run('deploy');
    expect({ code, ran, isWritten: existsSync(file) }).toEqual({
      code: 1,
      ran: [],
      isWritten: false,
    });
  });
});

describe('the bootstrap', () => {
  it('is created when there is none, with the arguments that it takes', async () => {
    const { run } = await openDeployment({ isBootstrapped: false });
    const args = [
      '--require-approval',
      'never',
      '-c',
      '@aws-cdk/core:x=1',
      '--region',
      'eu-west-1',
    ];
    expect((await run('deploy', ...args)).ran).toEqual([
      'synth --quiet --output OUT --region eu-west-1 --context @aws-cdk/core:x=1',
      'bootstrap --region eu-west-1 --context @aws-cdk/core:x=1',
      `deploy --app OUT ${args.join(' ')}`,
    ]);
  });

  it('of an organisation is found by its qualifier, and left alone', async () => {
    const { run, account } = await openDeployment({ isBootstrapped: false });
    account.parameters.push('/cdk-bootstrap/acme/version');
    const { ran } = await run('deploy', '-c', '@aws-cdk/core:bootstrapQualifier=acme');
    expect(ran.filter((command) => command.startsWith('bootstrap'))).toEqual([]);
  });

  it('is left alone when reading its version is not permitted', async () => {
    const { run } = await openDeployment({ failures: { GetParameter: 'AccessDeniedException' } });
    expect(await run('deploy')).toMatchObject({ code: 0, ran: DEPLOY });
  });

  it('ends the deployment with its exit code when it fails', async () => {
    const { run } = await openDeployment({ isBootstrapped: false, exitCodes: { bootstrap: 7 } });
    expect(await run('deploy')).toMatchObject({ code: 7, ran: [DEPLOY[0], 'bootstrap'] });
  });
});

it('ends with the exit code of the CDK', async () => {
  const { run } = await openDeployment({ exitCodes: { deploy: 3 } });
  expect((await run('deploy')).code).toBe(3);
});

it('says what happens to an interrupted deployment', async () => {
  const { run } = await openDeployment({ exitCodes: { deploy: 130 } });
  const { code, said } = await run('deploy');
  expect({ code, said }).toEqual({ code: 130, said: expect.stringContaining('Interrupted.') });
});

it.each([
  ['-c', 'allowedOrigins=https://a.example'],
  ['--context=name=blog'],
  ['-c', '@aws-cdk/core:x=1', 'burst=7'],
])('refuses settings on the command line, before it queries AWS: %s %s', async (...args) => {
  const { run, file } = await openDeployment({ failures: { DescribeStacks: 'AccessDenied' } });
  const { code, ran, said } = await run('deploy', ...args);
  expect({ code, ran, isWritten: existsSync(file) }).toEqual({
    code: 1,
    ran: [],
    isWritten: false,
  });
  expect(said).toMatch(
    /the context value \w+ \(-c, --context\) is not read; write \w+ into this file/,
  );
});
