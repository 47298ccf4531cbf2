import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildExample } from './build-example.ts';
import { EXAMPLES, type Example } from './examples.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const TARBALL = resolve(`dist/session-counter-${version}.tgz`);

const isInstalled = (program: string): boolean =>
  spawnSync(program, ['version'], { stdio: 'ignore' }).error === undefined;

/** Builds an example, and returns what happened. */
const tryBuild = (example: Example): string => {
  if (example.program && !isInstalled(example.program)) {
    return `skipped: ${example.program} is not installed`;
  }
  const startMs = performance.now();
  try {
    buildExample(example, TARBALL);
  } catch (error) {
    process.exitCode = 1;
    return `failed: ${(error as Error).message}`;
  }
  return `built in ${((performance.now() - startMs) / 1000).toFixed(1)} s`;
};

if (existsSync(TARBALL)) {
  for (const example of EXAMPLES) {
    process.stdout.write(`${example.name}: ${tryBuild(example)}\n`);
  }
} else {
  process.stderr.write(`${TARBALL} does not exist. Run npm run package first.\n`);
  process.exitCode = 1;
}
