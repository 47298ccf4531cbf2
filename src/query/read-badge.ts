import { cachedResponse, errorResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import { type BadgeStyle, parseBadgeStyle } from './badge-style.ts';
import { drawBadge } from './badge-svg.ts';

/** Reads the number for each metric of a badge. Each throws when it fails. */
export type CountFor = Readonly<Record<BadgeStyle['metric'], () => Promise<number>>>;

const MAX_AGE_SECONDS = 60;

/**
 * Handles GET /badge.svg: one of the numbers as an image, cacheable for a minute. Does not count a visit.
 * Responds 400 for an invalid parameter.
 */
export const createReadBadge =
  (countFor: CountFor): Route =>
  async ({ query }) => {
    const style = parseBadgeStyle(query);
    if ('error' in style) return errorResponse(400, style.error);
    const count = await countFor[style.metric]();
    return cachedResponse('image/svg+xml; charset=utf-8', drawBadge(style, count), MAX_AGE_SECONDS);
  };
