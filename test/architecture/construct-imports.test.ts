import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { importsOf } from './imports.ts';

/** The file and all files that it imports, directly or not. */
const graphOf = (file: string, found = new Set<string>()): ReadonlySet<string> => {
  if (found.has(file)) return found;
  found.add(file);
  for (const imported of importsOf(file)) graphOf(imported, found);
  return found;
};

/** The packages that a file imports; types too. */
const packagesOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'([^'.][^']*)'/g)].map(
    ([, name = '']) => name.split('/')[0] ?? '',
  );

const files = [...graphOf('infra/session-counter.ts')];

// An app that uses the construct has no bundler and no embedded DynamoDB.
it('keeps the build and the local run out of the construct', () => {
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => /^(infra\/bundling|src\/(local|cli))\//.test(file))).toEqual([]);
});

it('lets the construct use no package but those of the CDK', () => {
  const packages = new Set(files.flatMap(packagesOf).filter((name) => !name.startsWith('node:')));
  expect([...packages].sort()).toEqual(['aws-cdk-lib', 'constructs']);
});

it('would find a file that only another file imports', () => {
  expect(graphOf('infra/app/main.ts')).toContain('infra/bundling/bundles.ts');
  expect(packagesOf('infra/bundling/bundles.ts')).toContain('esbuild');
});
