import { spawnSync } from 'node:child_process';
import { cpSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Example } from './examples.ts';

const env = {
  ...{ ...process.env, CI: '1' },
  ...{ ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' },
};

/**
 * Builds a copy of an example in `folder`, with the packed package in place of the published one. Throws
 * an error with the output of a command that fails, or with what the built files lack.
 */
export const buildExample = (example: Example, folder: string, tarball: string): void => {
  const { name, program } = example;
  cpSync(join('examples', name), folder, { recursive: true });
  if (program) run(program, folder);
  else {
    run(`npm install --no-save --no-audit --no-fund "${tarball}"`, folder);
    run('npm run build', folder);
  }
  checkBuilt(example, folder);
};

// In a shell, because npm is a script on Windows.
const run = (command: string, cwd: string): void => {
  const { status, stdout, stderr } = spawnSync(command, {
    ...{ cwd, env, encoding: 'utf8', shell: true },
  });
  if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`);
};

const checkBuilt = ({ built, contains }: Example, cwd: string): void => {
  const files = globSync(built, { cwd });
  const text = files.map((file) => readFileSync(join(cwd, file), 'utf8')).join('\n');
  const missing = contains.filter((part) => !text.includes(part));
  if (missing.length === 0) return;
  throw new Error(`${files.length} files match ${built}; none contains ${missing.join(' or ')}`);
};
