import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { buildPackage } from '../../../package/build-package.ts';
import { packPackage } from '../../../package/pack-package.ts';
import { CDK_PACKAGES } from '../../../package/package-manifest.ts';
import { WIDGET_EXPORTS } from '../../../package/widget-exports.ts';
import { createCdkProject, ESM_APP } from './cdk-project.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-counter-fresh-'));
const WIDGET = Object.keys(WIDGET_EXPORTS);
let project: string;
let tarball: string;

// The environment of a user's shell, without what npm, Vitest and this checkout added to it.
const paths = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((path) => !/node_modules/.test(path));

const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(AWS|CDK|NODE_(OPTIONS|COMPILE)|npm|VITEST)/.test(name),
    ),
  ),
  ...{ AWS_EC2_METADATA_DISABLED: 'true', CI: 'true', TMPDIR: join(folder, 'tmp') },
  PATH: [dirname(process.execPath), ...paths].join(delimiter),
};

const shell = (command: string, cwd = project) => {
  const options = { cwd, env, encoding: 'utf8', shell: true } as const;
  const { status, stdout, stderr } = spawnSync(command, options);
  return { code: status, stdout, printed: `${stdout}${stderr}` };
};

const succeed = (command: string, cwd = project): string => {
  const { code, stdout, printed } = shell(command, cwd);
  if (code !== 0) throw new Error(`${command} exited with ${code}:\n${printed}`);
  return stdout;
};

beforeAll(async () => {
  mkdirSync(join(folder, 'tmp'));
  await buildPackage(join(folder, 'built'));
  tarball = join(folder, packPackage(join(folder, 'built')).filename);
  project = createCdkProject(folder);
  succeed(`npm install "${tarball}"`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('in a project that cdk init made', () => {
  it('is the only package that its installation adds', () => {
    const { dependencies } = JSON.parse(succeed('npm ls --json session-counter --all'));
    expect(dependencies['session-counter'].dependencies).toBeUndefined();
  });

  it('is synthesized by cdk synth', () => {
    const yaml = succeed('npx cdk synth');
    expect(yaml.match(/Type: AWS::DynamoDB::Table$/gm)).toHaveLength(4);
  });

  it('passes the jest test of the template', () => {
    expect(succeed('npx jest 2>&1')).toContain('1 passed');
  });

  it('runs in an ES module', () => {
    const outputs = succeed('node esm.mjs').trim().split(' ');
    expect(outputs).toEqual(expect.arrayContaining(['BlogApiUrl', 'ShopApiUrl']));
  });

  it('says how to install the embedded database where it is missing', () => {
    const { code, printed } = shell('npx session-counter start --port 0 --ephemeral');
    expect({ code, printed }).toEqual({
      code: 1,
      printed: expect.stringMatching(/npm install .*@dynoxide\/linux-x64/),
    });
  });
});

describe('with the embedded database and other versions of the tools', () => {
  beforeAll(() => {
    const tools = [
      '@dynoxide/linux-x64@1.2.1',
      'typescript-5@npm:typescript@5.9.3',
      'node@22.13.0',
    ];
    succeed('npm pkg set --json allowScripts.node=true');
    succeed(`npm install --save-dev ${tools.join(' ')}`);
  });

  it.each(['typescript', 'typescript-5'])('passes the strictest check of %s', (name) => {
    succeed(`node node_modules/${name}/bin/tsc -p tsconfig.strict.json`);
  });

  // node10 resolves no exports. The modules of the widget are ES modules, as every page loads them.
  it.each([
    `--exclude-entrypoints ${WIDGET.join(' ')}`,
    `--entrypoints ${WIDGET.join(' ')} --ignore-rules cjs-resolves-to-esm`,
  ])('has no finding of Are the Types Wrong with %s', (options) => {
    const command = `npx --yes @arethetypeswrong/cli@0.18.5 "${tarball}" --profile node16`;
    succeed(`${command} ${options}`, folder);
  });

  it.each(['node', 'node_modules/node/bin/node'])('counts a visit under %s', async (node) => {
    const command = 'node_modules/session-counter/command/command.js';
    const child = spawn(node, [command, 'start', '--port', '0', '--data', `data-${node.length}`], {
      cwd: project,
      env,
    });
    onTestFinished(() => void child.kill());
    let printed = '';
    for (const output of [child.stdout, child.stderr])
      output.on('data', (text) => (printed += text));
    await vi.waitFor(() => expect(printed).toContain('Ctrl-C'), { timeout: 20_000 });
    const url = /http:\/\/localhost:\d+/.exec(printed)?.[0];
    const headers = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
    await fetch(`${url}/sessions`, { method: 'POST', headers });
    const status = `"${node}" ${command} status --local --data data-${node.length} --json`;
    await vi.waitFor(
      () => expect(JSON.parse(succeed(status))).toMatchObject({ total: 1, active: 1 }),
      { timeout: 20_000, interval: 500 },
    );
  });
});

it('is synthesized with the oldest CDK that it takes', () => {
  const old = join(folder, 'old');
  mkdirSync(old);
  writeFileSync(join(old, 'package.json'), '{}');
  const peers = ['aws-cdk-lib', 'constructs'] as const;
  const oldest = peers.map((peer) => `${peer}@${CDK_PACKAGES[peer].replace('^', '')}`);
  succeed(`npm install "${tarball}" ${oldest.join(' ')}`, old);
  writeFileSync(join(old, 'esm.mjs'), ESM_APP);
  expect(succeed('node esm.mjs', old)).toContain('BlogApiUrl');
});

it('names what a deployment needs in a project that has none of it', () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  writeFileSync(join(empty, 'package.json'), '{}');
  succeed(`npm install "${tarball}"`, empty);
  expect(succeed('npx session-counter --help', empty)).toContain('Usage: npx session-counter');
  expect(shell('npx session-counter deploy', empty)).toMatchObject({
    code: 1,
    printed: expect.stringContaining('Run: npm install aws-cdk aws-cdk-lib constructs'),
  });
});
