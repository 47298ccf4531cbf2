import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { THROTTLE } from '../../../infra/props/throttle.ts';
import { DEFINITIONS } from '../../../infra/settings/definitions.ts';
import { SETTINGS } from '../../../src/settings/definitions.ts';

const source = readFileSync('infra/props/session-counter-props.ts', 'utf8');

/** What an editor shows of a prop: its description on one line, and its default. */
const readDoc = (prop: string) => {
  const [before = ''] = source.split(`readonly ${prop}?:`);
  const comment = before.slice(before.lastIndexOf('/**'));
  const [description = '', byDefault = ''] = comment
    .replace(/\s+\*(\/\s*$)?|\/\*\*/g, ' ')
    .split('@default');
  return { description: description.replace(/\s+/g, ' '), byDefault: byDefault.trim() };
};

const NUMERIC = Object.values(SETTINGS).filter(
  (definition) => definition.kind === 'integer' && 'prop' in definition,
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
  expect(readDoc('allowedOrigins').byDefault).toContain(`'${SETTINGS.ALLOWED_ORIGINS.default}'`);
  expect(readDoc('hashScheme').byDefault).toBe(`'${SETTINGS.HASH_SCHEME.default}'`);
  expect(readDoc('legacyRoute').byDefault).toBe(String(DEFINITIONS.legacyRoute.default));
  const { ratePerSecond, burst } = THROTTLE;
  expect(readDoc('throttle').byDefault).toBe(
    `{ ratePerSecond: ${ratePerSecond.default}, burst: ${burst.default} }`,
  );
});
