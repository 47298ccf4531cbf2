import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

// What each folder may import beside itself and packages; ARCHITECTURE.md says why.
const SHARED = [
  ...[
    'domain',
    'aws-client.ts',
    'tables',
    'settings',
    'http',
    'metrics',
    'log.ts',
    'entry-point.ts',
  ],
];
const MAY_IMPORT: Record<string, readonly string[]> = {
  domain: [],
  'aws-client.ts': [],
  tables: ['domain', 'aws-client.ts'],
  settings: ['domain'],
  'log.ts': [],
  'entry-point.ts': ['log.ts'],
  metrics: [],
  http: ['domain', 'log.ts'],
  ingest: SHARED,
  projector: SHARED,
  query: SHARED,
  reporter: SHARED,
  audit: SHARED,
  widget: [],
  // The local run bundles the widget when it starts.
  local: [...SHARED, 'ingest', 'projector', 'query', 'widget-bundle.ts'],
  cli: [...SHARED, 'ingest', 'projector', 'audit', 'local'],
};

const folderOf = (path: string): string => path.split('/')[1] ?? '';

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path]) =>
    new URL(path ?? '', `file:///${file}`).pathname.slice(1),
  );

it('points one way through src', () => {
  const files = globSync('src/**/*.ts');
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((path) => folderOf(path) !== folderOf(file))
      .filter((path) => !MAY_IMPORT[folderOf(file)]?.includes(folderOf(path)))
      .map((path) => `${file} imports ${path}`),
  );
  expect(files.length).toBeGreaterThan(40);
  expect(wrong).toEqual([]);
});

it('keeps the SDK, the clock and the environment out of the domain', () => {
  for (const file of globSync('src/domain/*.ts')) {
    expect({ file, text: readFileSync(file, 'utf8') }).toEqual({
      file,
      text: expect.not.stringMatching(/@aws-sdk|process\.|Date\.now|new Date\(\)|Math\.random/),
    });
  }
});

it('lets the specification know nothing of the code, but for the one file that compares them', () => {
  const files = globSync('proof/specification/*.ts').filter(
    (file) => !file.endsWith('/counter-step.ts'),
  );
  const imported = files
    .flatMap(importsOf)
    .filter((path) => !path.startsWith('proof/specification/'));
  expect(files.length).toBeGreaterThan(5);
  expect(imported).toEqual([]);
  expect(importsOf('proof/proof/specification/counter-step.ts')).toEqual([
    'src/domain/counter.ts',
    'proof/proof/specification/counter-specification.ts',
    'proof/proof/specification/state.ts',
  ]);
});
