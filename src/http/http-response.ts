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
