import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { writeBundles } from '../infra/bundling/bundles.ts';
import { leaveOutEventStreams } from '../infra/bundling/leave-out-event-streams.ts';
import { buildDashboardPage } from '../src/local/dashboard/dashboard-bundle.ts';
import { buildDeclarations } from './build-declarations.ts';
import { buildObservedTemplate } from './build-observed-template.ts';
import { compressCommand } from './compress-command.ts';
import { OLDEST_NODE, packageManifest } from './package-manifest.ts';
import { precompileValidators } from './precompile-validators.ts';
import { OBSERVED_FILE, PAGE_FILE } from './shipped-files.ts';
import { formatThirdPartyLicenses } from './third-party-licenses.ts';

const PROJECT = resolve(import.meta.dirname, '..');

/**
 * Writes the whole package into `folder`, which it empties first: the construct in both module formats
 * with declarations, the commands, the bundles of the functions, the widget, and the documents. Throws
 * when a tool reports an error.
 */
export const buildPackage = async (folder: string): Promise<void> => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const functionFiles = await writeBundles(join(folder, 'dist'));
  const scriptFiles = await Promise.all(scriptsIn(folder).map(buildScript));
  await compressCommand(join(folder, 'command/run-command-line.js'));
  buildDeclarations(join(folder, 'types'));
  write(folder, OBSERVED_FILE, await buildObservedTemplate(COMMON));
  write(folder, PAGE_FILE, JSON.stringify(await buildDashboardPage()));
  for (const [from, to] of FILES)
    cpSync(join(PROJECT, from), join(folder, to), { recursive: true });
  cpSync(join(folder, 'dist/query/widget.js'), join(folder, 'widget/widget.js'));
  write(
    folder,
    'THIRD-PARTY-LICENSES.txt',
    formatThirdPartyLicenses([...functionFiles, ...scriptFiles.flat(), ...PAGE_PACKAGES]),
  );
  write(folder, 'package.json', `${JSON.stringify(packageManifest(readProject()), null, 2)}\n`);
};

// What the package copies, and to where. The settings schema stands beside the commands that read it.
const FILES = [
  ...['README.md', 'CHANGELOG.md', 'LICENSE', 'examples/resume'].map((path) => [path, path]),
  ...['construct', 'counters', 'deploying', 'migrating', 'operations', 'widget'].map((name) => [
    `docs/${name}.md`,
    `docs/${name}.md`,
  ]),
  ['package/widget', 'widget'],
  ['infra/settings/session-counter.schema.json', 'command/session-counter.schema.json'],
] as const;

// What the page of the dashboard contains.
const PAGE_PACKAGES = ['node_modules/uplot/package.json'];

const readProject = () => JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'));

const write = (folder: string, file: string, text: string): void =>
  writeFileSync(join(folder, file), text);

// The commands and some of their packages call require(), which ES modules do not have.
const REQUIRE_BANNER =
  "import{createRequire as createRequire_}from'node:module';const require=createRequire_(import.meta.url);";

const COMMON: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  mainFields: ['module', 'main'],
  minify: true,
  // The names of errors and functions are in messages and stack traces.
  keepNames: true,
  legalComments: 'none',
  // The SDK imports bowser in browsers only.
  external: ['aws-cdk-lib', 'constructs', 'bowser'],
  plugins: [precompileValidators, leaveOutEventStreams],
  define: { IS_PACKAGE: 'true' },
};

const scriptsIn = (folder: string): BuildOptions[] => [
  {
    // The chunks stand beside the commands, so that `import.meta.dirname` is the same folder in all.
    ...{ ...COMMON, format: 'esm', splitting: true, outdir: join(folder, 'command') },
    entryPoints: COMMANDS.map((file) => join(PROJECT, file)),
    banner: { js: REQUIRE_BANNER },
    define: { ...COMMON.define, OLDEST_NODE: JSON.stringify(OLDEST_NODE) },
  },
  {
    ...{ ...COMMON, format: 'esm', outfile: join(folder, 'infra/session-counter.mjs') },
    entryPoints: [CONSTRUCT],
  },
  {
    ...{ ...COMMON, format: 'cjs', outfile: join(folder, 'infra/session-counter.cjs') },
    entryPoints: [CONSTRUCT],
    define: { ...COMMON.define, 'import.meta.dirname': '__dirname' },
  },
];

// Whole paths, by which test/run finds what the tests of the package start.
const COMMANDS = ['package/command.ts', 'package/run-command-line.ts', 'package/app.ts'];

const CONSTRUCT = join(PROJECT, 'package/construct.ts');

// Returns the paths of the bundled files.
const buildScript = async (options: BuildOptions): Promise<string[]> => {
  const { metafile } = await build({ ...options, metafile: true });
  return Object.keys(metafile?.inputs ?? {});
};
