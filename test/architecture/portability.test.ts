import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { withSlashes } from './imports.ts';

const FILES = globSync([
  '*',
  '{.ci,.devcontainer,.github,docs,examples,infra,measure,package,proof,src,test}/**',
])
  .map(withSlashes)
  .filter((file) => !file.startsWith('node_modules'));

it('no two paths differ in case only, which is the same file on macOS and Windows', () => {
  const byLowerCase = Map.groupBy(FILES, (file) => file.toLowerCase());
  const doubled = [...byLowerCase.values()].filter(({ length }) => length > 1);
  expect(FILES.length).toBeGreaterThan(700);
  expect(doubled).toEqual([]);
});

// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
const RESERVED = /[<>:"\\|?*]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

it('every file name is allowed on Windows', () => {
  expect(FILES.filter((file) => RESERVED.test(basename(file)))).toEqual([]);
  expect(['aux.ts', 'a:b', 'a.'].filter((name) => RESERVED.test(name))).toHaveLength(3);
});

// cmd, which runs npm scripts on Windows, knows && but neither variables, quotes nor programs of POSIX.
const POSIX_ONLY = /['`$;|<>*~]|(^|&& )(\w+=|rm |cp |mkdir |sh |bash |cat |export )/;

it('npm scripts run in every shell', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const found = Object.entries<string>(scripts).filter(([, script]) => POSIX_ONLY.test(script));
  expect(found).toEqual([]);
  for (const script of ['A=1 node a.ts', 'rm -rf dist', "node 'a.ts'", 'npm test && cp a b']) {
    expect(script).toMatch(POSIX_ONLY);
  }
});
