/** An answer in the form that API Gateway takes from a function, payload 1.0 and 2.0 alike. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * A JSON answer that no cache keeps unless `headers` say so. A fresh object each time: the CORS
 * middleware writes into it, and a shared one would carry one caller's origin to the next.
 */
export const jsonResponse = (
  statusCode: number,
  body: object,
  headers: Record<string, string> = {},
): HttpResponse => ({
  statusCode,
  headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
  body: JSON.stringify(body),
});

/** An answer with other content, which caches keep for `maxAgeSeconds`. */
export const cachedResponse = (
  contentType: string,
  body: string,
  maxAgeSeconds: number,
): HttpResponse => ({
  statusCode: 200,
  headers: {
    'Content-Type': contentType,
    'Cache-Control': `public, max-age=${maxAgeSeconds}`,
    'X-Content-Type-Options': 'nosniff',
  },
  body,
});

/** A 204: done, and there is nothing to say. */
export const emptyResponse = (): HttpResponse => ({
  statusCode: 204,
  headers: { 'Cache-Control': 'no-store' },
  body: '',
});

/** An error answer: JSON with a `message` that tells the client what to do differently. */
export const errorResponse = (
  statusCode: number,
  message: string,
  headers: Record<string, string> = {},
): HttpResponse => jsonResponse(statusCode, { message }, headers);

const RETRY_AFTER_SECONDS = '5';

/** A 503 that tells the client when to come again. */
export const unavailableResponse = (message: string): HttpResponse =>
  errorResponse(503, message, { 'Retry-After': RETRY_AFTER_SECONDS });
