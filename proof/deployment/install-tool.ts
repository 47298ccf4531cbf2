import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Packages that only one command needs, and that are not dependencies of this project. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** Other packages, as `name@version`, whose versions would not be pinned otherwise. */
  readonly others?: readonly string[];
  /** A file that is there once the tool is installed, by its path in `node_modules`. */
  readonly file: string;
  /** Whether its scripts may run, such as one that compiles it. */
  readonly runsScripts?: boolean;
}

const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache');

/**
 * The path of `file`. The first time, installs the tool in a folder of its own, which leaves the packages of this
 * project as they are; `prepare` runs before. Throws an Error with the end of npm's output.
 */
export const installTool = (tool: Tool, prepare?: () => void): string => {
  const { name, version } = tool;
  const folder = join(CACHE, `${name.replace('/', '-')}-${version}`);
  const file = join(folder, 'node_modules', tool.file);
  if (existsSync(file)) return file;
  prepare?.();
  install(tool, folder);
  if (existsSync(file)) return file;
  throw new Error(`npm must have installed ${file}, but it did not`);
};

const install = ({ name, version, others = [], runsScripts = false }: Tool, folder: string) => {
  mkdirSync(folder, { recursive: true });
  const project = { private: true, allowScripts: { [name]: runsScripts } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--foreground-scripts'];
  const { status, stdout, stderr, error } = spawnSync(
    'npm',
    [...args, `${name}@${version}`, ...others],
    { cwd: folder, encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES },
  );
  if (status === 0) return;
  const output = `${stdout}\n${stderr}`.trim().split('\n').slice(-LINES).join('\n');
  throw new Error(`${name} could not be installed: ${error?.message ?? output}`);
};

const MAX_OUTPUT_BYTES = 100_000_000;

const LINES = 30;
