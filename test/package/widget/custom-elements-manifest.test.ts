import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';

const readJson = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const require = createRequire(import.meta.url);

const MANIFEST = readJson('package/widget/custom-elements.json');
const [ELEMENT] = MANIFEST.modules[0].declarations;
const SOURCE = globSync('src/widget/*.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const DOCS = readFileSync('docs/widget.md', 'utf8');
const DECLARATIONS = readFileSync('package/widget/widget.d.ts', 'utf8');

interface Named {
  readonly name: string;
  readonly default?: string;
}

const namesOf = (items: readonly Named[]): string[] => items.map(({ name }) => name).sort();

/** The first groups of all matches, each once. */
const findAll = (text: string, pattern: RegExp): string[] =>
  [...new Set([...text.matchAll(pattern)].map(([, group = '']) => group))].sort();

/** The rows of the table in docs/widget.md whose header begins with `heading`. */
const tableOf = (heading: string): string[][] =>
  (DOCS.split(`\n| ${heading} |`)[1] ?? '')
    .split('\n\n', 1)
    .flatMap((table) => table.split('\n').slice(2))
    .map((row) => row.split('|').slice(1, -1));

/** What stands in backticks in the first cells of that table. */
const documented = (heading: string): string[] =>
  findAll(
    tableOf(heading)
      .map(([first]) => first)
      .join(),
    /`([^`]+)`/g,
  );

const WORDS: Record<string, string> = Object.fromEntries(
  [...SOURCE.matchAll(/^ {2}'?([a-z][a-z\d-]*)'?: '([^']+)',$/gm)].map(([, name, text]) => [
    name,
    text,
  ]),
);
const STATE = 'data-state';
const ATTRIBUTES: readonly Named[] = ELEMENT.attributes.filter(({ name }: Named) => name !== STATE);

it('is valid against the schema of custom elements manifests', () => {
  const schema = require('custom-elements-manifest/schema.json');
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.validate(schema, MANIFEST);
  expect(ajv.errors).toBeNull();
  expect(MANIFEST.schemaVersion).toBe(require('custom-elements-manifest/package.json').version);
});

describe('the manifest has the same', () => {
  it('attributes as the source, docs/widget.md and the types', () => {
    const read = findAll(SOURCE, /(?:get|has)Attribute\('([a-z]+)'\)/g);
    const names = namesOf(ATTRIBUTES);
    expect([...read, ...Object.keys(WORDS)].sort()).toEqual(names);
    expect(documented('attribute')).toEqual(names);
    const [declared = ''] = DECLARATIONS.split('\n}\n');
    expect(findAll(declared, /^ {2}'?([a-z\d-]+)'?\?: /gm)).toEqual(names);
  });

  it('defaults as the source and docs/widget.md', () => {
    const defaults = Object.fromEntries(ATTRIBUTES.map((it) => [it.name, it.default]));
    const numbers = SOURCE.matchAll(/getAttribute\('(\w+)'\) as string\) \|\| (\d+)/g);
    const inSource = [...numbers].map(([, name, value]) => [name, value]);
    const counter = /getAttribute\('counter'\) \?\? '(\w+)'/.exec(SOURCE)?.[1];
    expect(defaults).toEqual({
      ...{ api: undefined, readonly: undefined, counter },
      ...Object.fromEntries(inSource),
      ...WORDS,
    });
    const inTable = tableOf('attribute').map(([name = '', value = '']) => [
      name.replaceAll('`', '').trim(),
      /`(.+)`/.exec(value)?.[1] ?? /\d+/.exec(value)?.[0],
    ]);
    expect(Object.fromEntries(inTable)).toEqual(defaults);
  });

  it('parts as the source and docs/widget.md', () => {
    expect(findAll(SOURCE, /(?:createPart|fill)\(\s*'([a-z]+)'/g)).toEqual(
      namesOf(ELEMENT.cssParts),
    );
    expect(documented('part')).toEqual(namesOf(ELEMENT.cssParts));
  });

  it('states as the source and docs/widget.md', () => {
    const { type } = ELEMENT.attributes.find(({ name }: Named) => name === STATE);
    const states = findAll(type.text, /'([a-z]+)'/g);
    const assigned = findAll(SOURCE, /\bstate =\s+(.+);/g).join();
    expect(findAll(assigned, /'([a-z]+)'/g)).toEqual(states);
    expect(documented('state')).toEqual(states);
  });

  it('event as the source and docs/widget.md', () => {
    const events = namesOf(ELEMENT.events);
    expect(findAll(SOURCE, /new CustomEvent\('([^']+)'/g)).toEqual(events);
    expect(findAll(DOCS, /addEventListener\('([^']+)'/g)).toEqual(events);
    expect(findAll(DECLARATIONS, /'([^']+)': CustomEvent</g)).toEqual(events);
  });
});
