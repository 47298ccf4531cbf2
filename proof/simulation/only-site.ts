import type { ByCounter } from '../../src/domain/by-counter.ts';
import { SITE } from '../../src/domain/counter-name.ts';

/** What belongs to the counter of the site, as the audits and commands expect it: by counter. */
export const onlySite = <Value>(value: Value): ByCounter<Value> => new Map([[SITE, value]]);
