import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { describeMissingTools } from './missing-tools.ts';

/** The version of AWS's runtime interface client for Node.js. */
export const CLIENT_VERSION = '4.0.2';

const PACKAGE = 'aws-lambda-ric';

const FOLDER = resolve(
  import.meta.dirname,
  `../../node_modules/.cache/${PACKAGE}-${CLIENT_VERSION}`,
);

/**
 * The file that runs AWS's runtime interface client. The first time, it installs and compiles the client in a folder
 * of its own, which takes two minutes and leaves the packages of this project as they are. Throws an Error that names
 * the missing tools, or with the end of npm's output.
 */
export const installClient = (): string => {
  const folder = join(FOLDER, 'node_modules', PACKAGE);
  const addon = join(folder, 'rapid-client.node');
  if (!existsSync(addon)) compile();
  if (!existsSync(addon)) throw new Error(`npm must have built ${addon}, but it did not`);
  return join(folder, 'index.mjs');
};

const compile = (): void => {
  const missing = describeMissingTools(process.platform, isInstalled);
  if (missing !== undefined) throw new Error(missing);
  process.stderr.write(`Compiling ${PACKAGE} ${CLIENT_VERSION}, once; this takes two minutes\n`);
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify(PROJECT));
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--foreground-scripts'];
  const { status, stdout, stderr, error } = spawnSync(
    'npm',
    [...args, `${PACKAGE}@${CLIENT_VERSION}`],
    { cwd: FOLDER, encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES },
  );
  if (status === 0) return;
  const output = `${stdout}\n${stderr}`.trim().split('\n').slice(-LINES).join('\n');
  throw new Error(`${PACKAGE} could not be installed: ${error?.message ?? output}`);
};

// Its scripts compile it.
const PROJECT = { private: true, allowScripts: { [PACKAGE]: true } };

const MAX_OUTPUT_BYTES = 100_000_000;

const LINES = 30;

const isInstalled = (command: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
