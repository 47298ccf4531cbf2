import { shownTotal } from '../domain/baseline.ts';
import type { CounterList } from '../domain/counter-name.ts';
import { cachedResponse, errorResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';
import { parseAskedCounter } from './asked-counters.ts';
import { type BadgeStyle, parseBadgeStyle } from './badge-style.ts';
import { drawBadge } from './badge-svg.ts';
import type { Readers } from './readers.ts';

export interface ReadBadgeDependencies {
  readonly readers: Readers;
  /** The counters that the deployment admits. */
  readonly list: CounterList;
}

const MAX_AGE_SECONDS = 60;

/**
 * Handles GET /badge.svg?counter=site: one of the numbers as an image, cacheable for a minute. Does not count a visit.
 * Responds 400 for an invalid parameter, and 404 for a counter that the deployment does not admit.
 */
export const createReadBadge =
  ({ readers, list }: ReadBadgeDependencies): Route =>
  async ({ query }) => {
    const style = parseBadgeStyle(query);
    if ('error' in style) return errorResponse(400, style.error);
    const asked = parseAskedCounter(query, list);
    if ('statusCode' in asked) return asked;
    const count = await readNumber(readers, style.metric, asked.counter);
    return cachedResponse('image/svg+xml; charset=utf-8', drawBadge(style, count), MAX_AGE_SECONDS);
  };

const readNumber = async (
  { counter, active }: Readers,
  metric: BadgeStyle['metric'],
  name: string,
): Promise<number> =>
  metric === 'unique'
    ? shownTotal((await counter.read(name)).value)
    : (await active.read(name)).value;
