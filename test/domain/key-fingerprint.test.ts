import { expect, it } from 'vitest';
import { fingerprintKey } from '../../src/domain/key-fingerprint.ts';
import { hashVisitor } from '../../src/domain/session-hash.ts';

const KEY = 'k'.repeat(43);

it('is the same for the same key and differs between keys', () => {
  expect(fingerprintKey(KEY)).toBe(fingerprintKey(KEY));
  expect(fingerprintKey(`${KEY}x`)).not.toBe(fingerprintKey(KEY));
});

it('is short, and not part of the key or of a hash', () => {
  expect(fingerprintKey(KEY)).toMatch(/^[0-9a-f]{8}$/);
  const hash = hashVisitor({ address: '', userAgent: '' }, { scheme: 'hmac-sha256', key: KEY });
  expect(Buffer.from(hash, 'base64url').toString('hex')).not.toContain(fingerprintKey(KEY));
});
