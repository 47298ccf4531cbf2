import { createHash, createHmac } from 'node:crypto';
import { SITE } from './counter-name.ts';
import { normalizeAddress } from './network-address.ts';
import type { Visitor } from './visitor.ts';

/**
 * How a visitor becomes a session hash.
 * - `hmac-sha256`: keyed, so a brute-force search over all addresses needs the key.
 * - `sha256`: the hash of the counter that this one replaces, so that imported rows keep matching.
 *   Pseudonymous at best: all IPv4 addresses can be tried in about an hour.
 */
export type SessionHasher =
  | { readonly scheme: 'hmac-sha256'; readonly key: string }
  | { readonly scheme: 'sha256' };

// Versions the normalisation below. Changing either means that visitors no longer match their stored rows.
const VERSION = 'v1';
// NUL cannot occur in a name, an address or a user agent, so two of them never produce the same message.
const ofCounter = (counter: string): string =>
  counter === SITE ? VERSION : `${VERSION}c\0${counter}`;
const USER_AGENT_BYTES = 512;
// 22 base64url characters are 132 bits: no collisions, and a small index.
const HMAC_CHARACTERS = 22;

/**
 * The session hash of `visitor` in a counter: the same for every page load of a browser on the same network, and
 * another one in every counter, so that nobody without the key can tell from the hashes which rows are of one visitor.
 */
export const hashVisitor = (
  visitor: Visitor,
  hasher: SessionHasher,
  counter: string = SITE,
): string =>
  hasher.scheme === 'sha256'
    ? hashLikeTheOldCounter(visitor, counter)
    : hashWithKey(visitor, hasher.key, counter);

const hashWithKey = (visitor: Visitor, key: string, counter: string): string =>
  createHmac('sha256', key)
    .update(`${ofCounter(counter)}\0${normalizeAddress(visitor.address ?? '')}\0`)
    .update(Buffer.from(visitor.userAgent ?? '').subarray(0, USER_AGENT_BYTES))
    .digest('base64url')
    .slice(0, HMAC_CHARACTERS);

const hashLikeTheOldCounter = ({ address, userAgent }: Visitor, counter: string): string =>
  createHash('sha256')
    .update(counter === SITE ? '' : `${counter}\0`)
    .update(`${address || 'Unknown IP'}-${userAgent || 'Unknown UserAgent'}`)
    .digest('hex');
