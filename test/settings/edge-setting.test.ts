import { describe, expect, it } from 'vitest';
import { readEdgeSetting } from '../../src/settings/edge-setting.ts';
import { settingErrorOf } from '../support/setting-error-of.ts';

const SECRET = 's'.repeat(32);
const FORMER = 'f'.repeat(32);

describe('the setting of the edge', () => {
  it.each([
    { env: {}, edge: undefined },
    { env: { EDGE_SECRET: ' ', EDGE_SECRET_ID: '' }, edge: undefined },
    { env: { EDGE_SECRET: SECRET }, edge: { values: [SECRET] } },
    {
      env: { EDGE_SECRET: SECRET, EDGE_SECRET_PREVIOUS: FORMER },
      edge: { values: [SECRET, FORMER] },
    },
    { env: { EDGE_SECRET_ID: 'arn' }, edge: { secretId: 'arn' } },
  ])('has one place, or none: $env', ({ env, edge }) => {
    expect(readEdgeSetting(env)).toEqual(edge && { ...edge, isRequired: true });
  });

  it('says whether the edge is required', () => {
    const env = { EDGE_SECRET: SECRET, EDGE_REQUIRED: 'false' };
    expect(readEdgeSetting(env)).toEqual({ values: [SECRET], isRequired: false });
    expect(settingErrorOf(() => readEdgeSetting({ EDGE_REQUIRED: 'no' })).setting).toBe(
      'EDGE_REQUIRED',
    );
  });

  it.each(['!'.repeat(32), '~'.repeat(1_024), '+-./0123456789:;<=>?@AZ[]^_`az{|}'])(
    'may be any visible ASCII character: %s',
    (secret) => {
      expect(readEdgeSetting({ EDGE_SECRET: secret })).toEqual({
        values: [secret],
        isRequired: true,
      });
    },
  );

  it.each([
    { text: 's'.repeat(31), why: 'short' },
    { text: 's'.repeat(1_025), why: 'long' },
    { text: `${SECRET},${SECRET}`, why: 'with a comma' },
    { text: `${SECRET} ${SECRET}`, why: 'with a space' },
    { text: `${SECRET}\n${SECRET}`, why: 'with a line break' },
    { text: 'ß'.repeat(32), why: 'not ASCII' },
  ])('is refused when it is $why, without being shown', ({ text }) => {
    for (const name of ['EDGE_SECRET', 'EDGE_SECRET_PREVIOUS']) {
      const error = settingErrorOf(() => readEdgeSetting({ EDGE_SECRET: SECRET, [name]: text }));
      expect(error.setting).toBe(name);
      expect(error.message).toBe(
        `${name} must be 32 to 1024 visible ASCII characters without commas`,
      );
      expect(JSON.stringify(error)).not.toContain(text);
    }
  });

  it.each([
    { env: { EDGE_SECRET: SECRET, EDGE_SECRET_ID: 'arn' }, setting: 'EDGE_SECRET' },
    {
      env: { EDGE_SECRET_PREVIOUS: SECRET, EDGE_SECRET_ID: 'arn' },
      setting: 'EDGE_SECRET_PREVIOUS',
    },
    { env: { EDGE_SECRET_PREVIOUS: SECRET }, setting: 'EDGE_SECRET' },
  ])('is refused when it contradicts itself: $env', ({ env, setting }) => {
    const error = settingErrorOf(() => readEdgeSetting(env));
    expect(error.setting).toBe(setting);
    expect(error.message).not.toContain(SECRET);
  });
});
