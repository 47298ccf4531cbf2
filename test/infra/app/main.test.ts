import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { DEFAULTS } from '../../../infra/settings/counter-settings.ts';
import { RECORD } from '../../../infra/settings/recorded-settings.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 120_000 });

// A folder like a clone, so that no settings file of this checkout is read and none is left in it.
const clone = (): string => {
  const folder = temporaryFolder();
  for (const name of ['cdk.json', 'infra', 'node_modules', 'package.json', 'src']) {
    symlinkSync(resolve(name), join(folder, name));
  }
  return folder;
};

// The environment of a computer without AWS credentials, with the path that npm run sets.
const awayFromAws = (home: string): NodeJS.ProcessEnv => {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|npm_config)_/.test(name));
  const path = [resolve('node_modules/.bin'), dirname(process.execPath), process.env.PATH];
  return {
    ...Object.fromEntries(kept),
    ...{ HOME: home, PATH: path.join(delimiter), AWS_EC2_METADATA_DISABLED: 'true' },
  };
};

// The rules of CloudFormation take seconds; one test of this file checks a template against them.
const WITHOUT_RULES = { CDK_VALIDATION: 'false' };

const run = (folder: string, command: string, ...args: string[]) =>
  runWith({}, folder, command, ...args);

const runWith = (
  variables: NodeJS.ProcessEnv,
  folder: string,
  command: string,
  ...args: string[]
) => {
  const env = { ...awayFromAws(folder), ...variables };
  const options = { cwd: folder, env, encoding: 'utf8' } as const;
  const { status, stderr } = spawnSync(command, args, options);
  return { code: status, said: stderr };
};

const readTemplate = (folder: string, name: string) =>
  JSON.parse(readFileSync(join(folder, 'cdk.out', `${name}.template.json`), 'utf8'));

it('is synthesized by npm run synth without an account or a settings file', () => {
  const folder = clone();
  const { code, said } = run(folder, 'node', 'infra/deployment/main.ts', 'synth');
  const { Resources, Outputs } = readTemplate(folder, 'session-counter');
  expect(Object.keys(Outputs)).toEqual([
    ...['CounterApiUrl', 'CounterDashboardUrl', 'CounterHtml'],
    ...['CounterSessionsTable', 'CounterCountsTable', 'CounterSettings'],
  ]);
  const assets = readdirSync(join(folder, 'cdk.out')).filter((name) => name.startsWith('asset.'));
  expect(assets).toHaveLength(7);
  const count = Object.keys(Resources).length;
  expect(count).toBeGreaterThan(40);
  expect(code).toBe(0);
  expect(said).toContain(
    [
      `cdk.out/session-counter.template.json: the stack session-counter, ${count} resources.`,
      'Its settings (the defaults, because there is no session-counter.json):',
      '  name                      "session-counter"',
      '  allowedOrigins            "*"',
    ].join('\n'),
  );
  for (const [name, value] of Object.entries(DEFAULTS)) {
    expect(said).toMatch(
      new RegExp(`^  ${name} +${JSON.stringify(value).replace(/[*[\]]/g, '\\$&')}$`, 'm'),
    );
  }
  expect(existsSync(join(folder, 'session-counter.json'))).toBe(false);
});

it('reads the settings file under a plain cdk command', () => {
  const folder = clone();
  const settings = { name: 'blog', ratePerSecond: 7, keepTables: false };
  writeFileSync(join(folder, 'session-counter.json'), JSON.stringify(settings));
  expect(runWith(WITHOUT_RULES, folder, 'cdk', 'synth', '--quiet').code).toBe(0);
  const record = JSON.parse(readTemplate(folder, 'blog').Metadata[RECORD]);
  expect(record).toEqual({ ...DEFAULTS, ...settings });
});

it('never takes defaults for a running counter: a plain cdk command stops without the file', () => {
  const folder = clone();
  const { code, said } = run(folder, 'cdk', 'synth', '--quiet');
  expect({ code, said }).toEqual({
    code: 1,
    said: expect.stringContaining('session-counter.json: there is no such file. Defaults instead'),
  });
  expect(said).not.toContain('    at ');
  expect(existsSync(join(folder, 'cdk.out', 'session-counter.template.json'))).toBe(false);
});

it.each([
  {
    file: '{}',
    args: ['-c', 'allowedOrigin=https://a.example'],
    expected: 'the context value allowedOrigin (-c, --context) is not read; write allowedOrigins',
  },
  {
    file: '{"keepTables":"no"}',
    args: [],
    expected: 'keepTables must be true or false, but it is "no"',
  },
])('stops at $expected', ({ file, args, expected }) => {
  const folder = clone();
  writeFileSync(join(folder, 'session-counter.json'), file);
  const { code, said } = run(folder, 'cdk', 'synth', '--quiet', ...args);
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining(expected) });
  expect(said).not.toContain('    at ');
});
