import { expect, it } from 'vitest';
import { synthesize } from '../synthesize.ts';
import { OBSERVED_TYPES, observe } from './observe.ts';

interface Resource {
  readonly Type: string;
  readonly Metadata?: unknown;
}

const comparable = (resources: unknown) =>
  Object.fromEntries(
    Object.entries(resources as Readonly<Record<string, Resource>>)
      .filter(([, { Type }]) => OBSERVED_TYPES.includes(Type))
      .map(([id, { Metadata, ...resource }]) => [id, resource]),
  );

it.each([
  {},
  { legacyRoute: true },
  { counters: ['blog', 'docs/*'], watch: ['site', 'docs/a'] },
  { name: 'my-page' },
])('is what the template of a deployment has: %j', (settings) => {
  const { text } = synthesize({ name: 'session-counter', ...settings });
  const { Resources, Conditions } = JSON.parse(text);
  const observed = observe(settings);
  expect(comparable(observed.Resources)).toEqual(comparable(Resources));
  expect(observed.Conditions).toEqual(Conditions);
});

it('has only what is observed', () => {
  const types = Object.values(observe({}).Resources).map((one) => (one as Resource).Type);
  expect(new Set(types)).toEqual(new Set(OBSERVED_TYPES));
});

it('has the path of each resource', () => {
  expect(Object.values(observe({}).paths)).toEqual(
    expect.arrayContaining(['Tables/Counts', 'Functions/ingest/Function', 'Api/AccessLog']),
  );
});
