import { MINUTE_MS } from './metric.ts';

/** How far a clock that is corrected while it runs may go back, in milliseconds. */
const MAX_CORRECTION_MS = 5 * MINUTE_MS;

/**
 * Whether the clock was set back since `before`, so that what happened until then now lies ahead; both in milliseconds
 * since 1970. Without this, nothing would happen again until then.
 */
export const isSetBack = (now: number, before: number): boolean => before - now > MAX_CORRECTION_MS;
