/** A response in the form that API Gateway accepts from a function, for payload 1.0 and 2.0. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  /** Whether the body is bytes in base64, as API Gateway expects them. */
  readonly isBase64Encoded?: boolean;
}

/**
 * A JSON response that is not cached unless `headers` allow it. Always a new object: the CORS middleware
 * modifies it, and a shared one would leak one caller's origin to the next.
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

/** A response with other content, cacheable for `maxAgeSeconds`. */
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

/** A 204 response without a body. */
export const emptyResponse = (): HttpResponse => ({
  statusCode: 204,
  headers: { 'Cache-Control': 'no-store' },
  body: '',
});

/** An error response: JSON with a `message` that explains to the client what to change. */
export const errorResponse = (
  statusCode: number,
  message: string,
  headers: Record<string, string> = {},
): HttpResponse => jsonResponse(statusCode, { message }, headers);

const RETRY_AFTER_SECONDS = '5';

/** A 503 response with Retry-After. */
export const unavailableResponse = (message: string): HttpResponse =>
  errorResponse(503, message, { 'Retry-After': RETRY_AFTER_SECONDS });
