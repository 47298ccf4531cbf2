import type { Check } from './check.ts';
import { comesAgain } from './comes-again.ts';
import { firstInOrder } from './first-in-order.ts';
import { liesInOneShard } from './lies-in-one-shard.ts';
import { namesItsShard } from './names-its-shard.ts';
import { neverLeaps } from './never-leaps.ts';
import { neverRenumbers } from './never-renumbers.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { parentsFirst } from './parents-first.ts';
import { staysTheSame } from './stays-the-same.ts';
import { timesInOrder } from './times-in-order.ts';
import { youngEnough } from './young-enough.ts';

/** Every checked assumption, in the order of the table. */
export const CHECKS: readonly Check[] = [
  namesItsShard,
  neverRenumbers,
  liesInOneShard,
  staysTheSame,
  firstInOrder,
  neverLeaps,
  comesAgain,
  oneAtATime,
  parentsFirst,
  youngEnough,
  timesInOrder,
];
