import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, it } from 'vitest';
import { type Ended, useInstalledPackage } from './installed-package.ts';

const { project, tarball, node, run } = useInstalledPackage();

const readManifest = () =>
  JSON.parse(readFileSync(join(project, 'node_modules/session-counter/package.json'), 'utf8'));

describe('the tarball', () => {
  it('holds these files', () => {
    const paths = tarball().files.map(({ path }) => path.replace(/-[A-Z\d]{8}\.js$/, '-HASH.js'));
    expect(paths.toSorted()).toMatchSnapshot();
  });

  it('is at most 1 MB', () => {
    expect(tarball().size).toBeLessThanOrEqual(1_000_000);
  });

  it('installs no other package', () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = readManifest();
    expect(dependencies).toBeUndefined();
    const optional = Object.keys(peerDependencies).map((peer) => [peer, { optional: true }]);
    expect(peerDependenciesMeta).toEqual(Object.fromEntries(optional));
  });

  it('has no finding of publint', async () => {
    const { messages } = await publint({ pkgDir: join(project, 'node_modules/session-counter') });
    expect(messages.map((message) => formatMessage(message, readManifest()))).toEqual([]);
  });

  it('names the license of each package whose code it includes', () => {
    const file = join(project, 'node_modules/session-counter/THIRD-PARTY-LICENSES.txt');
    const text = readFileSync(file, 'utf8');
    for (const name of ['@aws-sdk/client-dynamodb', 'isbot', '@middy/core', 'luxon']) {
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
  });
});

const TWO_COUNTERS = `
const app = new App();
const stack = new Stack(app, 'Sites');
new SessionCounter(stack, 'Blog', { allowedOrigins: ['https://blog.example'] });
const shop = new SessionCounter(stack, 'Shop');
const template = app.synth().getStackByName('Sites').template;
const tables = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::DynamoDB::Table');
console.log(JSON.stringify({ tables: tables.length, url: typeof shop.apiUrl, template }));
`;

describe('the construct', () => {
  const runApp = (file: string, imports: string) => {
    writeFileSync(join(project, file), `${imports}\n${TWO_COUNTERS}`);
    const { code, printed } = node(file);
    expect({ file, code, printed: code === 0 || printed }).toEqual({
      file,
      code: 0,
      printed: true,
    });
    return JSON.parse(printed);
  };

  it('puts two counters into a stack, in a CDK app of either module format', () => {
    const esm = runApp(
      'app.mjs',
      "import { App, Stack } from 'aws-cdk-lib'; import { SessionCounter } from 'session-counter';",
    );
    const cjs = runApp(
      'app.cjs',
      "const { App, Stack } = require('aws-cdk-lib'); const { SessionCounter } = require('session-counter');",
    );
    expect(esm).toMatchObject({ tables: 4, url: 'string' });
    expect(cjs).toEqual(esm);
  });
});

describe('the command', () => {
  it.each([
    ['--help', 'Usage: npx session-counter COMMAND [options]'],
    ['verify --help', 'Usage: npx session-counter verify'],
    ['start --help', 'npx session-counter start [options]'],
    ['deploy --help', 'npx session-counter deploy [--settings FILE]'],
    ['destroy --help', 'npx session-counter destroy [--settings FILE]'],
  ])('answers %s with the words that called it', (args, expected) => {
    const { code, printed } = run(...args.split(' '));
    expect({ code, printed }).toEqual({ code: 0, printed: expect.stringContaining(expected) });
    expect(printed).not.toContain('npm run');
  });

  it('tells its version', () => {
    expect(run('--version')).toEqual({ code: 0, printed: `${readManifest().version}\n` });
  });

  it('names itself in an error as it was called', () => {
    expect(run('status', '--local')).toEqual({
      code: 3,
      printed: expect.stringContaining('Start one with npx session-counter start'),
    });
  });

  it('refuses an older Node.js with one sentence', () => {
    const script = `Object.defineProperty(process, 'versions', { value: { node: '20.19.0' } }); await import('./node_modules/session-counter/command/command.js');`;
    expect(node('--input-type=module', '--eval', script)).toEqual<Ended>({
      code: 2,
      printed: expect.stringMatching(
        /^session-counter needs Node.js \d+\.\d+.* or later; this is 20.19.0.\n$/,
      ),
    });
  });
});
