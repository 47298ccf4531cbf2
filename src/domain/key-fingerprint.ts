import { createHmac } from 'node:crypto';

const FINGERPRINT_CHARACTERS = 8;

/**
 * Tells one key of the session hash from another, and nothing about either: 8 hexadecimal digits.
 * When it changes, every visitor is a new session.
 */
export const fingerprintKey = (key: string): string =>
  createHmac('sha256', key)
    // Unlike any message of a visitor, which holds NULs.
    .update('session-counter key fingerprint')
    .digest('hex')
    .slice(0, FINGERPRINT_CHARACTERS);
