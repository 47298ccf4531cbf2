import { cachedResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';

const MAX_AGE_SECONDS = 3600;

/**
 * Answers GET /widget.js with the element that shows the counts; caches keep it for an hour. Pages
 * of every origin may load it, for it holds nothing; what it may do there is for the API to say.
 */
export const createReadWidget =
  (source: string): Route =>
  async () => {
    const response = cachedResponse('text/javascript; charset=utf-8', source, MAX_AGE_SECONDS);
    return { ...response, headers: { ...response.headers, 'Access-Control-Allow-Origin': '*' } };
  };
