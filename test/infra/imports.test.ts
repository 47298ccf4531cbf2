import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
    ([, path = '']) => join(dirname(file), path),
  );

// Whatever else it took would run, or be bundled, where nobody expects it.
it('takes from the functions their names, their settings and how they make clients, and nothing that they do', () => {
  const taken = globSync('infra/**/*.ts').flatMap(importsOf);
  const fromFunctions = new Set(taken.filter((path) => path.startsWith('src/')));
  expect([...fromFunctions].sort()).toEqual([
    'src/runtime/aws-client.ts',
    'src/http/paths.ts',
    'src/metrics/metric-names.ts',
    'src/settings/readers.ts',
    'src/settings/stack-outputs.ts',
    'src/tables/event-source-settings.ts',
    'src/tables/schema.ts',
  ]);
});
