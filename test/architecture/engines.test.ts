import { readFileSync } from 'node:fs';
import { satisfies, subset } from 'semver';
import { expect, it } from 'vitest';

const { engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  engines: { node: string };
};

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, { engines?: { node?: string } }>;
};

/** Every range of Node.js versions that a package names, with one of its packages. */
const ranges = new Map(
  Object.entries(packages).flatMap(([path, { engines: { node } = {} }]) =>
    path !== '' && node !== undefined ? [[node, path] as const] : [],
  ),
);

const isFineForAll = (version: string): boolean =>
  [...ranges.keys()].every((range) => satisfies(version, range));

it('npm ci warns on none of the Node.js versions that package.json names', () => {
  const warning = [...ranges].filter(([range]) => !subset(engines.node, range));
  expect(ranges.size).toBeGreaterThan(20);
  expect(warning).toEqual([]);
});

it('package.json leaves out no Node.js version that is fine for every package', () => {
  const versions = [20, 21, 22, 23, 24, 25, 26, 27].flatMap((major) =>
    Array.from({ length: 25 }, (_, minor) => `${major}.${minor}.0`),
  );
  const leftOut = versions
    .filter(isFineForAll)
    .filter((version) => !satisfies(version, engines.node));
  expect(leftOut).toEqual([]);
});

it('README.md and CONTRIBUTING.md name the oldest of these versions', () => {
  const [, oldest = ''] = /^\^(\d+\.\d+)\.0 /.exec(engines.node) ?? [];
  for (const file of ['README.md', 'CONTRIBUTING.md']) {
    const [, named] = /Node\.js (\d[\d.]*) or later/.exec(readFileSync(file, 'utf8')) ?? [];
    expect({ file, named }).toEqual({ file, named: oldest });
  }
});
