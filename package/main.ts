import { resolve } from 'node:path';
import { buildPackage } from './build-package.ts';
import { packPackage } from './pack-package.ts';

const folder = resolve(import.meta.dirname, '../dist/package');

await buildPackage(folder);
const { filename, size, files } = packPackage(folder);
process.stdout.write(
  `dist/${filename}: ${files.length} files, ${Math.ceil(size / 1_000)} kB. Install it with npm install PATH.\n`,
);
