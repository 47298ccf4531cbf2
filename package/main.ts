import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildPackage } from './build-package.ts';

const DIST = resolve(import.meta.dirname, '../dist');
const folder = join(DIST, 'package');

await buildPackage(folder);
// npm is a script for the shell on Windows.
const { status } = spawnSync('npm pack --pack-destination ..', {
  cwd: folder,
  stdio: 'inherit',
  shell: true,
});
process.exitCode = status ?? 1;
