import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BATCHING_WINDOW } from '../../../infra/props/batching-window.ts';
import { THROTTLE } from '../../../infra/props/throttle.ts';
import { DEFINITIONS } from '../../../infra/settings/definitions.ts';
import { SETTINGS } from '../../../src/settings/definitions.ts';

interface Doc {
  readonly description: string;
  readonly byDefault: string;
}

/** What an editor shows of each prop in a source: its description on one line, and its default. */
const readDocs = (source: string): Map<string, Doc> => {
  const docs = new Map<string, Doc>();
  let comment: string[] = [];
  for (const line of source.split('\n').map((text) => text.trim())) {
    if (line.startsWith('* ')) comment.push(line.slice('* '.length));
    if (line.startsWith('readonly ')) {
      const [name = ''] = line.slice('readonly '.length).split(':');
      const [description = '', byDefault = ''] = comment.join(' ').split('@default');
      docs.set(name.replace('?', ''), { description, byDefault: byDefault.trim() });
    }
    // A comment documents only the line after it.
    if (line === '/**' || line.startsWith('readonly ')) comment = [];
  }
  return docs;
};

const DOCS = readDocs(readFileSync('infra/props/session-counter-props.ts', 'utf8'));
const PROPS = [...DOCS.keys()];

const readDoc = (prop: string): Doc => DOCS.get(prop) ?? { description: '', byDefault: '' };

it('knows every prop', () => {
  expect(PROPS.length).toBeGreaterThan(18);
  expect(PROPS).toEqual(expect.arrayContaining(['name', 'alarms', 'throttle', 'bundleFolder']));
});

it('finds a prop without a comment, and one without a default', () => {
  const docs = readDocs('/**\n * Told.\n * @default 1\n */\nreadonly a?: A;\nreadonly b?: B;\n');
  expect(Object.fromEntries(docs)).toEqual({
    a: { description: 'Told. ', byDefault: '1' },
    b: { description: '', byDefault: '' },
  });
});

it.each(PROPS)('describes the prop %s and its default', (prop) => {
  const { description, byDefault } = readDoc(prop);
  expect(description.length).toBeGreaterThan(20);
  expect(byDefault).not.toBe('');
});

const NUMERIC = Object.values(SETTINGS).filter(
  (definition) =>
    definition.kind === 'integer' && 'prop' in definition && definition.prop !== 'activeShards',
);

it.each(NUMERIC)('documents the limits and the default of $prop', (definition) => {
  const { prop, min, max, default: number } = definition;
  const { description, byDefault } = readDoc(prop);
  const least = 'zero' in definition ? 1 : min;
  expect(description).toContain(`${least} to ${max}`);
  const expected = 'unit' in definition ? `Duration.${definition.unit}(${number})` : `${number}`;
  expect(byDefault.split(':')[0]).toBe(expected);
});

it('documents the other defaults', () => {
  const { description, byDefault } = readDoc('activeShards');
  expect(description).toContain('1 to 64');
  expect(byDefault).toContain('derived from the `ratePerSecond` of `throttle`');
  expect(readDoc('allowedOrigins').byDefault).toContain(`'${SETTINGS.ALLOWED_ORIGINS.default}'`);
  expect(readDoc('hashScheme').byDefault).toBe(`'${SETTINGS.HASH_SCHEME.default}'`);
  expect(readDoc('filterAutomation').byDefault).toBe(String(SETTINGS.FILTER_AUTOMATION.default));
  expect(readDoc('legacyRoute').byDefault).toBe(String(DEFINITIONS.legacyRoute.default));
  expect(readDoc('batchingWindow').byDefault).toMatch(
    new RegExp(`^Duration\\.seconds\\(${BATCHING_WINDOW.default}\\):`),
  );
  const { ratePerSecond, burst } = THROTTLE;
  expect(readDoc('throttle').byDefault).toBe(
    `{ ratePerSecond: ${ratePerSecond.default}, burst: ${burst.default} }`,
  );
});
