import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { HttpResponse } from '../http/http-response.ts';
import { acceptsGzip, hasMatch } from '../http/negotiation.ts';
import type { Route } from '../http/router.ts';

const MAX_AGE_SECONDS = 86_400;

/** The widget in one encoding. */
interface Representation {
  readonly entityTag: string;
  readonly response: Required<HttpResponse>;
}

/**
 * Handles GET /widget.js: the custom element that shows the counts, gzipped if the browser accepts that,
 * cacheable for a day; 304 if the browser has it. Pages of every origin may load it, because it contains
 * no data; the API itself checks the origin of its requests.
 */
export const createReadWidget = (source: string): Route => {
  const plain = onceNeeded(() => represent(Buffer.from(source)));
  // Here, because API Gateway does not compress the responses of an HTTP API.
  const gzipped = onceNeeded(() => represent(gzipSync(source, { level: 9 }), 'gzip'));
  return async ({ headers }) => {
    const { entityTag, response } = acceptsGzip(headers['accept-encoding']) ? gzipped() : plain();
    const common = { ...CACHE_HEADERS, ETag: entityTag };
    // Always new headers: the CORS middleware modifies them.
    return hasMatch(headers['if-none-match'], entityTag)
      ? { statusCode: 304, headers: common, body: '' }
      : { ...response, headers: { ...common, ...response.headers } };
  };
};

const CACHE_HEADERS = {
  'Access-Control-Allow-Origin': '*',
  'Cache-Control': `public, max-age=${MAX_AGE_SECONDS}`,
  Vary: 'Accept-Encoding',
};

const represent = (bytes: Buffer, encoding?: 'gzip'): Representation => ({
  entityTag: `"${createHash('sha256').update(bytes).digest('base64url')}"`,
  response: {
    statusCode: 200,
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      ...(encoding && { 'Content-Encoding': encoding }),
    },
    body: bytes.toString(encoding ? 'base64' : 'utf8'),
    isBase64Encoded: encoding !== undefined,
  },
});

// Most containers never serve the widget.
const onceNeeded = <Value>(create: () => Value): (() => Value) => {
  let created: Value | undefined;
  return () => {
    created ??= create();
    return created;
  };
};
