import type autocannon from 'autocannon';
import { COUNTS_PATH, SESSIONS_PATH } from '../../../src/http/paths.ts';

/** The user agent of a browser that is none of the others. */
export const browserNumber = (number: number): string =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.${number}`;

/** Visits, each of another browser, and how many of them were counted. */
export interface Visits {
  readonly request: autocannon.Request;
  readonly counted: () => number;
  /** When the last of them was answered, as `performance.now()` tells it. */
  readonly answeredAt: () => number;
}

/** Visits that none before was of. */
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

/** Visits by so many browsers in turn; plain data, which another thread can send. */
export const visitsOf = (browsers: number): autocannon.Request[] =>
  Array.from({ length: browsers }, (_, number) => ({
    ...{ method: 'POST', path: SESSIONS_PATH },
    headers: { 'user-agent': browserNumber(number) },
  }));

/** A look at the counts. */
export const readingCounts: autocannon.Request = { method: 'GET', path: COUNTS_PATH };
