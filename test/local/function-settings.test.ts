import { expect, it } from 'vitest';
import { functionSettings, publicSettings } from '../../src/local/function-settings.ts';
import { VARIABLE_NAMES } from '../../src/settings/definitions.ts';

const KEY = 'k'.repeat(32);

it('has the local tables and the given key by default', () => {
  expect(functionSettings({}, KEY)).toEqual({
    SESSIONS_TABLE: 'sessions',
    COUNTS_TABLE: 'counts',
    HASH_KEY: KEY,
  });
});

it.each(['HASH_KEY_PARAMETER', 'HASH_KEY_SECRET_ID'])('adds no key to %s', (name) => {
  expect(functionSettings({ [name]: 'place' }, KEY)).not.toHaveProperty('HASH_KEY');
});

const SECRET = 's'.repeat(32);
const FORMER = 'f'.repeat(32);

it('publishes every setting except the secrets, of which it publishes fingerprints', () => {
  const all = Object.fromEntries(VARIABLE_NAMES.map((name) => [name, `value of ${name}`]));
  const { HASH_KEY, EDGE_SECRET, EDGE_SECRET_PREVIOUS, ...others } = all;
  const settings = {
    ...{ ...all, SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts', HASH_KEY: KEY },
    ...{ EDGE_SECRET: SECRET, EDGE_SECRET_PREVIOUS: FORMER },
  };
  const published = publicSettings(settings);
  expect(published).toEqual({
    ...others,
    SESSIONS_TABLE: 'sessions',
    COUNTS_TABLE: 'counts',
    HASH_KEY_FINGERPRINT: expect.stringMatching(/^\S+$/),
    EDGE_SECRET_FINGERPRINT: expect.stringMatching(/^\S+$/),
  });
  for (const secret of [KEY, SECRET, FORMER])
    expect(JSON.stringify(published)).not.toContain(secret);
});

it('publishes no other variable of the environment', () => {
  const settings = { ...functionSettings({}, KEY), AWS_SECRET_ACCESS_KEY: 'secret' };
  expect(Object.keys(publicSettings(settings))).toEqual([
    ...['SESSIONS_TABLE', 'COUNTS_TABLE', 'HASH_KEY_FINGERPRINT'],
  ]);
});
