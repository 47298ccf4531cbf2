import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from '../../../package/build-package.ts';
import { packPackage } from '../../../package/pack-package.ts';
import { buildExample } from './build-example.ts';
import { EXAMPLES, type Example } from './examples.ts';

const folder = mkdtempSync(join(tmpdir(), 'session-counter-examples-'));

const isInstalled = (program: string): boolean =>
  spawnSync(program, ['version'], { stdio: 'ignore' }).error === undefined;

/** Builds an example, and returns what happened. */
const tryBuild = (example: Example, tarball: string): string => {
  if (example.program && !isInstalled(example.program)) {
    return `skipped: ${example.program} is not installed`;
  }
  const startMs = performance.now();
  try {
    buildExample(example, join(folder, example.name), tarball);
  } catch (error) {
    process.exitCode = 1;
    return `failed: ${(error as Error).message}`;
  }
  return `built in ${((performance.now() - startMs) / 1000).toFixed(1)} s`;
};

try {
  await buildPackage(join(folder, 'built'));
  const { filename } = packPackage(join(folder, 'built'));
  for (const example of EXAMPLES) {
    process.stdout.write(`${example.name}: ${tryBuild(example, join(folder, filename))}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
