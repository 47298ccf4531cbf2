import { createHmac } from 'node:crypto';

const FINGERPRINT_CHARACTERS = 8;

/**
 * Identifies a hash key or another secret without revealing it: 8 hexadecimal digits. When the fingerprint of the hash
 * key changes, every visitor becomes a new session.
 */
export const fingerprintKey = (key: string): string =>
  createHmac('sha256', key)
    // Cannot collide with a visitor's message, which contains NULs.
    .update('session-counter key fingerprint')
    .digest('hex')
    .slice(0, FINGERPRINT_CHARACTERS);
