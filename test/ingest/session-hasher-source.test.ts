import { describe, expect, it } from 'vitest';
import { createSessionHasherSource } from '../../src/ingest/session-hasher-source.ts';
import { createKeptLog } from '../support/kept-log.ts';

const KEY = 'k'.repeat(64);
const setting = { scheme: 'hmac-sha256', key: { secretId: 'the-secret' } } as const;
const noSecrets = async () => {
  throw new Error('There is no Secrets Manager here');
};

describe('the session hasher', () => {
  it('needs no key for the old scheme', async () => {
    const source = createSessionHasherSource({ scheme: 'sha256' }, noSecrets, createKeptLog());
    expect(await source()).toEqual({ scheme: 'sha256' });
  });

  it('is undefined without a key', async () => {
    const keyless = { scheme: 'hmac-sha256', key: undefined } as const;
    const source = createSessionHasherSource(keyless, noSecrets, createKeptLog());
    expect(await source()).toBeUndefined();
  });

  it('has the key from the setting', async () => {
    const given = { scheme: 'hmac-sha256', key: { value: KEY } } as const;
    const source = createSessionHasherSource(given, noSecrets, createKeptLog());
    expect(await source()).toEqual({ scheme: 'hmac-sha256', key: KEY });
  });

  it('reads a secret once for all visits, concurrent or later', async () => {
    const asked: string[] = [];
    const readSecret = async (id: string) => {
      asked.push(id);
      return KEY;
    };
    const source = createSessionHasherSource(setting, readSecret, createKeptLog());
    const hashers = [...(await Promise.all([source(), source()])), await source()];
    expect(hashers).toEqual(Array(3).fill({ scheme: 'hmac-sha256', key: KEY }));
    expect(asked).toEqual(['the-secret']);
  });

  it('ignores a line break at the end of a secret', async () => {
    const source = createSessionHasherSource(setting, async () => `${KEY}\n`, createKeptLog());
    expect(await source()).toEqual({ scheme: 'hmac-sha256', key: KEY });
  });

  it('tries again after a failure, which it logs', async () => {
    const log = createKeptLog();
    let calls = 0;
    const readSecret = async () => {
      calls += 1;
      if (calls === 1) throw new Error('throttled');
      return KEY;
    };
    const source = createSessionHasherSource(setting, readSecret, log);
    expect(await source()).toBeUndefined();
    expect(log.lines).toEqual([
      ['The secret of HASH_KEY_SECRET_ID cannot be read', new Error('throttled')],
    ]);
    expect(await source()).toEqual({ scheme: 'hmac-sha256', key: KEY });
  });

  it.each(['short', '', undefined])('refuses the secret %j and does not log it', async (secret) => {
    const log = createKeptLog();
    const source = createSessionHasherSource(setting, async () => secret, log);
    expect(await source()).toBeUndefined();
    expect(log.lines).toEqual([
      ['The secret of HASH_KEY_SECRET_ID must have 32 characters or more'],
    ]);
  });
});
