import { readFileSync } from 'node:fs';
import type { HeaderSet } from './header-set.ts';

/** The header sets in a file that `npm run record-headers` wrote. */
const readSets = (name: string): readonly HeaderSet[] =>
  JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'));

/** Chromium, however it was driven, with pages over HTTPS and HTTP. */
export const RECORDED_CHROMIUM = readSets('chromium');

/** HTTP clients that claim to be Chrome. */
export const RECORDED_CLIENTS = readSets('clients');
