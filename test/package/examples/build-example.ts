import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Example } from './examples.ts';

const ENVIRONMENT = {
  ...{ ...process.env, CI: '1' },
  ...{ ASTRO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' },
};

/**
 * Builds a copy of an example in a temporary folder, with the packed package in place of the published
 * one. Throws an error with the output of a command that fails, or with what the built files lack.
 */
export const buildExample = (
  { name, program, built, contains }: Example,
  tarball: string,
): void => {
  const folder = mkdtempSync(join(tmpdir(), `session-counter-${name}-`));
  try {
    cpSync(join('examples', name), folder, { recursive: true });
    if (program) run(program, folder);
    else {
      run(`npm install --no-save --no-audit --no-fund "${tarball}"`, folder);
      run('npm run build', folder);
    }
    checkBuilt(folder, built, contains);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

// In a shell, because npm is a script on Windows.
const run = (command: string, cwd: string): void => {
  const { status, stdout, stderr } = spawnSync(command, {
    ...{ cwd, env: ENVIRONMENT, encoding: 'utf8', shell: true },
  });
  if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`);
};

const checkBuilt = (cwd: string, built: string, contains: readonly string[]): void => {
  const files = globSync(built, { cwd });
  const text = files.map((file) => readFileSync(join(cwd, file), 'utf8')).join('\n');
  const missing = contains.filter((part) => !text.includes(part));
  if (missing.length > 0)
    throw new Error(`${built} (${files.length} files) lacks ${missing.join(', ')}`);
};
