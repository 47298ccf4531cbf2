import type autocannon from 'autocannon';
import { COUNTS_PATH, SESSIONS_PATH } from '../../../src/http/paths.ts';

/** A unique browser user agent for each number. */
export const browserNumber = (number: number): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.${number}`;

/** Visits of distinct browsers, and how many of them were counted. */
export interface Visits {
  readonly request: autocannon.Request;
  readonly counted: () => number;
  /** When the last response arrived, as `performance.now()`. */
  readonly answeredAt: () => number;
}

/** A source of visits, each by a new browser. */
export const createVisits = (): Visits => {
  let sent = 0;
  let counted = 0;
  let answeredAt = 0;
  const request: autocannon.Request = {
    ...{ method: 'POST', path: SESSIONS_PATH },
    setupRequest: (request) => {
      sent += 1;
      return { ...request, headers: { ...request.headers, 'user-agent': browserNumber(sent) } };
    },
    onResponse: (status) => {
      answeredAt = performance.now();
      if (status === 202) counted += 1;
    },
  };
  return { request, counted: () => counted, answeredAt: () => answeredAt };
};

/** Visits by this many browsers in rotation; plain data, so another thread can send it. */
export const visitsOf = (browsers: number): autocannon.Request[] =>
  Array.from({ length: browsers }, (_, number) => ({
    ...{ method: 'POST', path: SESSIONS_PATH },
    headers: { 'user-agent': browserNumber(number) },
  }));

/** A request for the counts. */
export const readingCounts: autocannon.Request = { method: 'GET', path: COUNTS_PATH };
