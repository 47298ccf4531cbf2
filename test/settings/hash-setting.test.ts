import { describe, expect, it } from 'vitest';
import { readHashSetting } from '../../src/settings/hash-setting.ts';
import { settingErrorOf } from '../support/setting-error-of.ts';

const KEY = 'k'.repeat(32);

describe('the hash setting', () => {
  it.each([
    { env: {}, key: undefined },
    { env: { HASH_KEY: KEY }, key: { value: KEY } },
    { env: { HASH_KEY_PARAMETER: '/key' }, key: { parameter: '/key' } },
    { env: { HASH_KEY_SECRET_ID: 'arn' }, key: { secretId: 'arn' } },
  ])('takes a key from one place, or none: $env', ({ env, key }) => {
    expect(readHashSetting(env)).toEqual({ scheme: 'hmac-sha256', key });
  });

  it('takes no key with the scheme that has none', () => {
    expect(readHashSetting({ HASH_SCHEME: 'sha256', HASH_KEY: KEY })).toEqual({ scheme: 'sha256' });
  });

  it('refuses another scheme', () => {
    const { setting, message } = settingErrorOf(() => readHashSetting({ HASH_SCHEME: 'md5' }));
    expect(setting).toBe('HASH_SCHEME');
    expect(message).toBe('HASH_SCHEME must be hmac-sha256 or sha256, but it is "md5"');
  });

  it.each([
    { given: ['HASH_KEY_PARAMETER', 'HASH_KEY_SECRET_ID'], refused: 'HASH_KEY_SECRET_ID' },
    { given: ['HASH_KEY_SECRET_ID', 'HASH_KEY'], refused: 'HASH_KEY' },
  ])('refuses a key in two places: $given', ({ given, refused }) => {
    const env = Object.fromEntries(given.map((name) => [name, KEY]));
    const { setting, message } = settingErrorOf(() => readHashSetting(env));
    expect(setting).toBe(refused);
    expect(message).toContain(`unset when ${given[0]} is set`);
  });

  it.each([
    { HASH_KEY: 'too-short-a-secret' },
    { HASH_KEY: `long-enough-${'s'.repeat(32)}`, HASH_KEY_SECRET_ID: 'arn:aws:secretsmanager' },
  ])('never shows a key that it refuses', (env) => {
    const error = settingErrorOf(() => readHashSetting(env));
    expect(error.setting).toBe('HASH_KEY');
    expect(JSON.stringify([error.message, error])).not.toContain(env.HASH_KEY);
  });
});
