import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
  readFileSync('package.json', 'utf8'),
) as Record<string, Record<string, string>>;

const packages = { ...dependencies, ...devDependencies, ...optionalDependencies };

// A row lists packages of one scope as `@aws-sdk/client-dynamodb, lib-dynamodb`.
const table = readFileSync('ARCHITECTURE.md', 'utf8').split('## Dependencies')[1] ?? '';
const rows = [...table.matchAll(/^\| (.+?) \| .+ \|$/gm)].map(([, names = '']) => names);

const isListed = (name: string): boolean => {
  const [scope, own] = name.startsWith('@') ? name.split('/') : ['', name];
  return rows.some((row) => {
    const names = row.split(', ').map((part) => part.replace(`${scope}/`, ''));
    return row.includes(scope ?? '') && (names.includes(own ?? '') || names.includes('*'));
  });
};

it('every dependency has its line in ARCHITECTURE.md', () => {
  const unlisted = Object.keys(packages).filter((name) => !isListed(name));
  expect(unlisted).toEqual([]);
});

it('every version is pinned', () => {
  const loose = Object.entries(packages).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});
