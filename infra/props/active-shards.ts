import { SETTINGS } from '../../src/settings/definitions.ts';
import type { Throttle } from './throttle.ts';
import { checkNumber } from './whole-number.ts';

/**
 * The visits a second that one partition of the index takes: it has 1,000 write units a second. The first visit
 * of a session takes one, and a later one, which moves the entry, two: 1.5 if half of the visits are the first.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
const VISITS_PER_SECOND = 660;

/** The partitions that the index of active sessions needs for all visits that the throttle lets through. */
export const deriveActiveShards = ({ ratePerSecond }: Pick<Throttle, 'ratePerSecond'>): number =>
  Math.ceil(ratePerSecond / VISITS_PER_SECOND);

/** The given number, or else what follows from the throttle. Throws an InvalidPropError. */
export const checkActiveShards = (given: number | undefined, throttle: Throttle): number =>
  checkNumber({ ...SETTINGS.ACTIVE_SHARDS, default: deriveActiveShards(throttle) }, given);
