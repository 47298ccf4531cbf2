import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
    ([, path = '']) => join(dirname(file), path),
  );

// Anything else would run, or be bundled, where it does not belong.
it('takes from the functions their names, settings and schema, and nothing that they do', () => {
  const imported = globSync('infra/**/*.ts').flatMap(importsOf);
  const fromFunctions = new Set(imported.filter((path) => path.startsWith('src/')));
  expect([...fromFunctions].sort()).toEqual([
    'src/domain/refusal-reason.ts',
    'src/http/paths.ts',
    // The build bundles the widget as the local run does.
    'src/local/widget-bundle.ts',
    'src/metrics/metric-names.ts',
    'src/runtime/aws-client.ts',
    'src/settings/allowed-values.ts',
    'src/settings/definitions.ts',
    'src/settings/function-name.ts',
    'src/settings/readers.ts',
    'src/settings/stack-outputs.ts',
    'src/tables/event-source-settings.ts',
    'src/tables/schema.ts',
  ]);
});

it('has settings that know the props, and props that do not know the settings', () => {
  const fromProps = globSync('infra/props/*.ts').flatMap(importsOf);
  expect(fromProps.filter((path) => /^infra\/(?!props\/)/.test(path))).toEqual([]);
});
