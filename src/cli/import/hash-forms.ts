import type { SessionHasher } from '../../domain/session-hash.ts';

/** How a counter hashes visitors. */
export type HashScheme = SessionHasher['scheme'];

const PATTERNS: Readonly<Record<HashScheme, RegExp>> = {
  sha256: /^[0-9a-f]{64}$/,
  'hmac-sha256': /^[\w-]{22}$/,
};

/** The format of each scheme's hashes, for messages. */
export const HASH_FORMAT: Readonly<Record<HashScheme, string>> = {
  sha256: '64 hexadecimal digits',
  'hmac-sha256': '22 characters of base64url',
};

/**
 * Returns the scheme that a session hash looks like; undefined if no counter creates such a hash.
 * The key of a keyed hash cannot be recognized.
 */
export const schemeOf = (sessionHash: string): HashScheme | undefined =>
  (Object.keys(PATTERNS) as HashScheme[]).find((scheme) => PATTERNS[scheme].test(sessionHash));
