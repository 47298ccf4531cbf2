import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { expect, it } from 'vitest';
import { withSlashes } from './imports.ts';

interface Config {
  readonly extends?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
}

// These have a comment here and there, always in a line of its own.
const readConfig = (folder: string): Config =>
  JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8').replaceAll(/^\s*\/\/.*$/gm, ''));

// A list that a configuration does not have is that of the one it extends, with the paths of that one.
const pathsOf = (folder: string, list: 'include' | 'exclude'): string[] => {
  const config = readConfig(folder);
  const paths = config[list]?.map((path) => posix.join(folder, path));
  if (paths) return paths;
  return config.extends ? pathsOf(posix.join(folder, dirname(config.extends)), list) : [];
};

const isBelow = (file: string, folders: readonly string[]): boolean =>
  folders.some((folder) => file === folder || file.startsWith(`${folder}/`));

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: { readonly check: string };
};
const PROJECTS = [...scripts.check.matchAll(/tsc(?: -p (\S+))?(?= &&|$)/g)].map(
  ([, folder = '.']) => folder,
);

const isChecked = (file: string): boolean =>
  PROJECTS.some(
    (folder) =>
      isBelow(file, pathsOf(folder, 'include')) && !isBelow(file, pathsOf(folder, 'exclude')),
  );

// Compiled as their users compile them: by Next.js, and by test/package/widget.
const COMPILED_ELSEWHERE = ['examples', 'package/widget', 'test/package/widget/types'];

it('npm run check checks the types of every file', () => {
  const files = globSync('{infra,measure,package,proof,src,test,examples}/**/*.{ts,tsx,mts,cts}')
    .map(withSlashes)
    .filter((file) => !file.includes('node_modules/'));
  expect(PROJECTS.length).toBeGreaterThan(5);
  expect(files.length).toBeGreaterThan(1_000);
  const unchecked = files.filter((file) => !isChecked(file));
  expect(unchecked.filter((file) => !isBelow(file, COMPILED_ELSEWHERE))).toEqual([]);
});
