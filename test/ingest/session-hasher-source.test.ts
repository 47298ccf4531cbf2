import { describe, expect, it } from 'vitest';
import { createSessionHasherSource } from '../../src/ingest/session-hasher-source.ts';
import type { StoredKey } from '../../src/settings/hash-setting.ts';
import { createKeptLog } from '../support/kept-log.ts';

const KEY = 'k'.repeat(64);
const setting = { scheme: 'hmac-sha256', key: { parameter: '/the/key' } } as const;
const noKeys = async () => {
  throw new Error('There are no stored keys here');
};

describe('the session hasher', () => {
  it('needs no key for the old scheme', async () => {
    const source = createSessionHasherSource({ scheme: 'sha256' }, noKeys, createKeptLog());
    expect(await source()).toEqual({ scheme: 'sha256' });
  });

  it('is undefined without a key', async () => {
    const keyless = { scheme: 'hmac-sha256', key: undefined } as const;
    const source = createSessionHasherSource(keyless, noKeys, createKeptLog());
    expect(await source()).toBeUndefined();
  });

  it('has the key from the setting', async () => {
    const given = { scheme: 'hmac-sha256', key: { value: KEY } } as const;
    const source = createSessionHasherSource(given, noKeys, createKeptLog());
    expect(await source()).toEqual({ scheme: 'hmac-sha256', key: KEY });
  });

  it('reads a stored key once for all visits, concurrent or later', async () => {
    const asked: StoredKey[] = [];
    const readKey = async (place: StoredKey) => {
      asked.push(place);
      return KEY;
    };
    const source = createSessionHasherSource(setting, readKey, createKeptLog());
    const hashers = [...(await Promise.all([source(), source()])), await source()];
    expect(hashers).toEqual(Array(3).fill({ scheme: 'hmac-sha256', key: KEY }));
    expect(asked).toEqual([{ parameter: '/the/key' }]);
  });

  it('ignores a line break at the end of a stored key', async () => {
    const source = createSessionHasherSource(setting, async () => `${KEY}\n`, createKeptLog());
    expect(await source()).toEqual({ scheme: 'hmac-sha256', key: KEY });
  });

  it('tries again after a failure, which it logs', async () => {
    const log = createKeptLog();
    let calls = 0;
    const readKey = async () => {
      calls += 1;
      if (calls === 1) throw new Error('throttled');
      return KEY;
    };
    const source = createSessionHasherSource(setting, readKey, log);
    expect(await source()).toBeUndefined();
    expect(log.lines).toEqual([
      ['The key of HASH_KEY_PARAMETER cannot be read', new Error('throttled')],
    ]);
    expect(await source()).toEqual({ scheme: 'hmac-sha256', key: KEY });
  });

  it.each(['short', '', undefined])('refuses the key %j and does not log it', async (key) => {
    const log = createKeptLog();
    const secret = { scheme: 'hmac-sha256', key: { secretId: 'mine' } } as const;
    const source = createSessionHasherSource(secret, async () => key, log);
    expect(await source()).toBeUndefined();
    expect(log.lines).toEqual([['The key of HASH_KEY_SECRET_ID must have 32 characters or more']]);
  });
});
