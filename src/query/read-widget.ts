import { cachedResponse } from '../http/http-response.ts';
import type { Route } from '../http/router.ts';

const MAX_AGE_SECONDS = 3600;

/** Answers GET /widget.js with the element that shows the counts; caches keep it for an hour. */
export const createReadWidget =
  (source: string): Route =>
  async () =>
    cachedResponse('text/javascript; charset=utf-8', source, MAX_AGE_SECONDS);
