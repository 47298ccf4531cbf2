import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { describe, expect, it, vi } from 'vitest';
import { findMembers, formatReference } from '../../package/reference.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useInstalledPackage } from './installed-package.ts';
import { type Ended, openProject } from './project.ts';

// One file, because building the package takes most of the time.
const { tarball, project, bareProject } = useInstalledPackage();
const { node, run, readInstalled } = project;

const readManifest = () => JSON.parse(readInstalled('package.json'));

describe('the tarball', () => {
  it('holds these files', () => {
    const paths = tarball().files.map(({ path }) => path.replace(/-[A-Z\d]{8}\.js$/, '-HASH.js'));
    expect(paths.toSorted()).toMatchSnapshot();
  });

  it('is smaller than 1 MB', () => {
    expect(tarball().size).toBeLessThan(1_000_000);
  });

  it('installs no other package', () => {
    const { dependencies, peerDependencies, peerDependenciesMeta } = readManifest();
    expect(dependencies).toBeUndefined();
    const optional = Object.keys(peerDependencies).map((peer) => [peer, { optional: true }]);
    expect(peerDependenciesMeta).toEqual(Object.fromEntries(optional));
  });

  it('has no finding of publint', async () => {
    const { messages } = await publint({
      pkgDir: join(project.path, 'node_modules/session-counter'),
    });
    expect(messages.map((message) => formatMessage(message, readManifest()))).toEqual([]);
  });

  it('names the license of each package whose code it includes', () => {
    const text = readInstalled('THIRD-PARTY-LICENSES.txt');
    // In both, in the functions only, and in the commands only.
    for (const name of ['isbot', '@aws-sdk/client-lambda', 'luxon']) {
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
  });
});

// Without the rules of CloudFormation, which test/infra/validation.test.ts checks: they take seconds.
const TWO_COUNTERS = `
const app = new App({ builtinCloudFormationValidation: false });
const stack = new Stack(app, 'Sites');
new SessionCounter(stack, 'Blog', { allowedOrigins: ['https://blog.example'] });
const shop = new SessionCounter(stack, 'Shop');
const template = app.synth().getStackByName('Sites').template;
const tables = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::DynamoDB::Table');
console.log(JSON.stringify({ tables: tables.length, url: typeof shop.apiUrl, template }));
`;

describe('the construct', () => {
  const runApp = (file: string, imports: string) => {
    writeFileSync(join(project.path, file), `${imports}\n${TWO_COUNTERS}`);
    const { code, printed } = node(file);
    expect({ file, code, printed: code === 0 || printed }).toEqual({
      file,
      code: 0,
      printed: true,
    });
    return JSON.parse(printed);
  };

  it('puts two counters into a stack, in a CDK app of either module format, and names the command as npx', () => {
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
    const text = JSON.stringify(esm.template);
    expect(text).toContain('npx session-counter rebuild');
    expect(text).not.toContain('npm run');
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

  it('has every command of the operator, and those that are npm scripts in a checkout', () => {
    const { commands } = JSON.parse(run('--help', '--json').printed);
    const scripts = ['start', 'deploy', 'synth', 'destroy'];
    expect(commands).toEqual([...scripts, ...Object.keys(COMMANDS)]);
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

  it.each([
    ['deploy', 'npm install aws-cdk aws-cdk-lib constructs'],
    ['synth', 'npm install aws-cdk aws-cdk-lib constructs'],
    ['start --ephemeral', `npm install @dynoxide/${process.platform}-${process.arch}@`],
  ])('names the line that installs what %s needs, where that is missing', (args, line) => {
    const { code, printed } = bareProject.run(...args.split(' '));
    expect({ code, printed }).toEqual({ code: 1, printed: expect.stringContaining(line) });
  });

  it('installs itself, too, where only npx has it', () => {
    const command = join(bareProject.path, 'node_modules/session-counter/command/command.js');
    const { printed } = openProject(temporaryFolder()).node(command, 'deploy');
    expect(printed).toContain('Run: npm install session-counter aws-cdk aws-cdk-lib constructs\n');
  });

  it('refuses an older Node.js with one sentence', () => {
    const script = `Object.defineProperty(process, 'versions', { value: { node: '22.9.0' } }); await import('./node_modules/session-counter/command/command.js');`;
    expect(node('--input-type=module', '--eval', script)).toEqual<Ended>({
      code: 2,
      printed: expect.stringMatching(
        /^session-counter needs Node.js \d+\.\d+.* or later; this is 22.9.0.\n$/,
      ),
    });
  });

  it('counts a visit on the embedded database, and shows it to the page and to the operator', async () => {
    const url = await project.start('--data', 'counts');
    const headers = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
    const visit = await fetch(`${url}/sessions`, { method: 'POST', headers });
    expect(await visit.json()).toEqual({ counted: true });
    await vi.waitFor(async () => {
      const counts = await (await fetch(`${url}/counts`)).json();
      expect(counts).toMatchObject({ unique_session_count: 1, active_sessions: 1 });
    });
    const status = run('status', '--local', '--data', 'counts', '--json');
    expect(JSON.parse(status.printed)).toMatchObject({ total: 1, active: 1, rows: 1 });
    const page = await (await fetch(url)).text();
    expect(page).toContain('<session-counter');
    expect(await (await fetch(`${url}/widget.js`)).text()).toContain('session-counts');
    await vi.waitFor(async () => {
      const shown = await (await fetch(`${url}/dashboard/data`)).json();
      expect(shown).toMatchObject({ name: 'session-counter-local' });
    });
    expect(await (await fetch(`${url}/dashboard`)).text()).toContain('dashboard.js');
  });

  it('has the dashboard of the default settings, which names its own commands', () => {
    const observed = readInstalled('dist/observed.json');
    expect(Object.keys(JSON.parse(observed))).toEqual(['Resources', 'Conditions', 'paths']);
    expect(observed).toContain('npx session-counter rebuild');
    expect(observed).not.toContain('npm run');
  });

  it('synthesizes the template of a settings file, without an account, whatever another app needs', () => {
    const cdkJson = {
      app: 'false',
      build: 'false',
      output: 'elsewhere',
      context: { name: 'shop' },
    };
    writeFileSync(join(project.path, 'cdk.json'), JSON.stringify(cdkJson));
    writeFileSync(join(project.path, 'blog.json'), '{ "name": "blog", "retentionDays": 30 }');
    const { code, printed } = run('synth', '--settings', 'blog.json');
    expect({ code, printed }).toEqual({
      code: 0,
      printed: expect.stringContaining('the stack blog'),
    });
    const path = join(project.path, 'cdk.out/blog.template.json');
    const { Resources } = JSON.parse(readFileSync(path, 'utf8'));
    const functions = Object.values<{ Type: string }>(Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    );
    expect(functions).toHaveLength(7);
    const text = JSON.stringify(Resources);
    expect(text).not.toContain('AWS::CDK::Metadata');
    // The feature flags of this project sort the actions of a policy.
    expect(text).toContain('["dynamodb:DeleteItem","dynamodb:UpdateItem"]');
    expect(existsSync(join(project.path, 'elsewhere'))).toBe(false);
  });
});

describe('the reference', () => {
  const membersIn = (file: string) => {
    const declaration = readInstalled(`types/esm/infra/${file}`);
    return { declaration, members: findMembers(declaration) };
  };

  // The construct, then the class with its metrics, which it extends.
  const CLASSES = ['session-counter.d.ts', 'observability/metered-counter.d.ts'];

  const DOCUMENT = 'docs/construct.md';

  it('documents the construct as its declarations do; --update writes it', async () => {
    const { members: props } = membersIn('props/session-counter-props.d.ts');
    const members = CLASSES.flatMap((file) => membersIn(file).members);
    const text = readFileSync(DOCUMENT, 'utf8');
    const section = /(?<=<!-- reference -->\n).*(?=<!-- \/reference -->)/s;
    expect(text).toMatch(section);
    const expected = text.replace(section, () => `${formatReference(props, members)}\n`);
    await expect(expected).toMatchFileSnapshot(`../../${DOCUMENT}`);
  });

  it.each(CLASSES)('finds each public member in %s, so that none lacks a comment', (file) => {
    const { declaration, members } = membersIn(file);
    const declared = [...declaration.matchAll(/^ {4}(?:readonly )?(\w+)[(:]/gm)].map(
      ([, name]) => name,
    );
    const undocumented = declared.filter((name) => !members.some((member) => member.name === name));
    expect(undocumented.filter((name) => name !== 'constructor')).toEqual([]);
  });
});
