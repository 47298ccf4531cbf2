import type { SessionHasher } from '../../domain/session-hash.ts';

/** How visitors become session hashes, as far as the hashes show it. */
export type HashScheme = SessionHasher['scheme'];

const FORMS: Readonly<Record<HashScheme, RegExp>> = {
  sha256: /^[0-9a-f]{64}$/,
  'hmac-sha256': /^[\w-]{22}$/,
};

/** What the hashes of a scheme look like, in words. */
export const FORM_IN_WORDS: Readonly<Record<HashScheme, string>> = {
  sha256: '64 hexadecimal digits',
  'hmac-sha256': '22 characters of base64url',
};

/**
 * The scheme that a session hash looks like; undefined when no visit of any counter makes such a
 * one. Of a keyed hash nobody can tell which key it was made with.
 */
export const schemeOf = (sessionHash: string): HashScheme | undefined =>
  (Object.keys(FORMS) as HashScheme[]).find((scheme) => FORMS[scheme].test(sessionHash));
