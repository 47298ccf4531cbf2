import { cachedResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';

const MAX_AGE_SECONDS = 3600;

/**
 * Handles GET /widget.js: the custom element that shows the counts, cacheable for an hour. Pages of every
 * origin may load it, because it contains no data; the API itself checks the origin of its requests.
 */
export const createReadWidget =
  (source: string): Route =>
  async () => {
    const response = cachedResponse('text/javascript; charset=utf-8', source, MAX_AGE_SECONDS);
    return { ...response, headers: { ...response.headers, 'Access-Control-Allow-Origin': '*' } };
  };
