import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { touchSession } from '../../../src/domain/session-touch.ts';
import { SESSION } from '../../../src/tables/schema.ts';
import { DEFAULT_RULES } from '../../../test/support/default-rules.ts';

/** How long ago the sessions last visited, milliseconds. */
export interface Ages {
  readonly least: number;
  readonly most: number;
}

const HASH_CHARACTERS = 22;

/** Rows as ingest writes them; except for the clock, always the same for the same seed. */
export function* sessionRows(count: number, ages: Ages, seed: number): Generator<object> {
  const generator = xoroshiro128plus(seed);
  for (let number = 0; number < count; number += 1) {
    const atMs = Date.now() - uniformInt(generator, ages.least, ages.most);
    const hash = hashOf(`session ${number}`, 'base64url').slice(0, HASH_CHARACTERS);
    const { seenAt, activeShard, expiresAt } = touchSession(hash, atMs, DEFAULT_RULES);
    yield {
      [SESSION.hash]: hash,
      [SESSION.firstAccessed]: seenAt,
      [SESSION.lastAccessed]: seenAt,
      [SESSION.activeShard]: activeShard,
      [SESSION.expiresAt]: expiresAt,
    };
  }
}

/** Rows as the predecessor of this counter wrote them. */
export function* oldRows(count: number, ages: Ages, seed: number): Generator<object> {
  const generator = xoroshiro128plus(seed);
  for (let number = 0; number < count; number += 1) {
    const seenAt = oldTime(Date.now() - uniformInt(generator, ages.least, ages.most));
    yield {
      [SESSION.hash]: hashOf(`session ${number}`, 'hex'),
      [SESSION.firstAccessed]: seenAt,
      [SESSION.lastAccessed]: seenAt,
    };
  }
}

/** A time as the predecessor wrote it: microseconds, without a zone. */
export const oldTime = (epochMs: number): string =>
  new Date(epochMs).toISOString().replace('Z', '000');

const hashOf = (text: string, encoding: 'hex' | 'base64url'): string =>
  createHash('sha256').update(text).digest(encoding);
