import { describe, expect, it } from 'vitest';
import { hashVisitor, type SessionHasher } from '../../src/domain/session-hash.ts';

// The expected digests were calculated with Python's hmac and with sha256sum, not with this code.
const keyed: SessionHasher = { scheme: 'hmac-sha256', key: '0123456789abcdef0123456789abcdef' };
const old: SessionHasher = { scheme: 'sha256' };
const userAgent = 'Mozilla/5.0 (X11)';

describe('the keyed hash', () => {
  it('is the first 132 bits of a known HMAC', () => {
    expect(hashVisitor({ address: '203.0.113.7', userAgent }, keyed)).toBe(
      '65HIchLGa5jTMYqEoO11sV',
    );
  });

  it('is the same for every address of a /64', () => {
    const hashes = ['2001:db8:1:2::1', '2001:DB8:1:2:abcd::9'].map((address) =>
      hashVisitor({ address, userAgent }, keyed),
    );
    expect(hashes).toEqual(['QjViSbahKUStfUZlk3jNm4', 'QjViSbahKUStfUZlk3jNm4']);
  });

  it('treats missing parts as empty', () => {
    expect(hashVisitor({ address: undefined, userAgent: undefined }, keyed)).toBe(
      'IibYPTdBn6fA8gyWnAFioU',
    );
  });

  it('differs with the key, the address and the user agent', () => {
    const hashes = [
      hashVisitor({ address: '203.0.113.7', userAgent }, keyed),
      hashVisitor({ address: '203.0.113.7', userAgent }, { ...keyed, key: 'x'.repeat(32) }),
      hashVisitor({ address: '203.0.113.8', userAgent }, keyed),
      hashVisitor({ address: '203.0.113.7', userAgent: `${userAgent} ` }, keyed),
    ];
    expect(new Set(hashes).size).toBe(4);
  });

  it('separates address and user agent', () => {
    const ab = hashVisitor({ address: 'a-b', userAgent: 'c' }, keyed);
    const bc = hashVisitor({ address: 'a', userAgent: 'b-c' }, keyed);
    expect(ab).not.toBe(bc);
  });

  it('uses only the first 512 bytes of the user agent, even if that splits a character', () => {
    const hashOf = (text: string) =>
      hashVisitor({ address: '203.0.113.7', userAgent: text }, keyed);
    const long = 'é'.repeat(256);
    expect(hashOf(`${long}tail`)).toBe(hashOf(long));
    expect(hashOf(`${'é'.repeat(255)}x`)).not.toBe(hashOf(long));
    expect(hashOf(`x${long}`)).toBe(hashOf(`x${'é'.repeat(255)}é`));
  });
});

describe('the hash of the old counter', () => {
  it('is the SHA-256 of the unchanged address and user agent', () => {
    const visitor = { address: '198.51.100.23', userAgent: 'Mozilla/5.0 (Macintosh)' };
    expect(hashVisitor(visitor, old)).toBe(
      '186489c575996e2199e0b23a34705696c49c49d3813ddfde5a168af20ce0da29',
    );
  });

  it('has its own placeholders for missing parts', () => {
    expect(hashVisitor({ address: undefined, userAgent: undefined }, old)).toBe(
      '8f5569cda60bb8238215cead5823d42eca5e6494f3cfe2c9f2e502282c7ecc59',
    );
  });

  it('does not normalise', () => {
    const [upper, lower] = ['2001:DB8::1', '2001:db8::1'].map((address) =>
      hashVisitor({ address, userAgent }, old),
    );
    expect(upper).not.toBe(lower);
  });
});

describe.each([
  { name: 'with a key', hasher: keyed },
  { name: 'of the old counter', hasher: old },
])('the hash $name', ({ hasher }) => {
  const visitor = { address: '203.0.113.7', userAgent };
  const inCounter = (counter?: string) => hashVisitor(visitor, hasher, counter);

  it('is another one in each counter', () => {
    const hashes = ['site', 'blog', 'blog/first', 'Blog'].map(inCounter);
    expect(new Set(hashes).size).toBe(4);
    expect(inCounter('blog')).toBe(inCounter('blog'));
  });

  it('of the site is that of a deployment with one counter', () => {
    expect(inCounter('site')).toBe(inCounter());
  });
});
