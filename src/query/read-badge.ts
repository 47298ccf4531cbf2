import { cachedResponse, errorResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import { type BadgeStyle, parseBadgeStyle } from './badge-style.ts';
import { drawBadge } from './badge-svg.ts';

/** Reads the one number that a badge shows. Throws when it cannot. */
export type CountFor = Readonly<Record<BadgeStyle['metric'], () => Promise<number>>>;

const MAX_AGE_SECONDS = 60;

/**
 * Answers GET /badge.svg with one of the numbers as a picture, which caches keep for a minute.
 * Reading it counts no visit. 400 for a parameter that is nonsense.
 */
export const createReadBadge =
  (countFor: CountFor): Route =>
  async ({ query }) => {
    const style = parseBadgeStyle(query);
    if ('mistake' in style) return errorResponse(400, style.mistake);
    const count = await countFor[style.metric]();
    return cachedResponse('image/svg+xml; charset=utf-8', drawBadge(style, count), MAX_AGE_SECONDS);
  };
