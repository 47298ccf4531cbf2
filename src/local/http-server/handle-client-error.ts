import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { publicErrorResponse } from './public-error-response.ts';

const ERRORS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The request headers are too large; are there too many cookies?'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request timed out.'],
};

const NOT_HTTP = [400, 'The request is not valid HTTP.'] as const;

/**
 * Answers a request that Node.js cannot parse and closes the connection: 431 if the headers are too
 * large, 408 if the request is not completed in time, else 400. Never throws.
 */
export const handleClientError = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (!socket.writable) return void socket.destroy();
  const [status, message] = ERRORS[error.code ?? ''] ?? NOT_HTTP;
  const { headers, body } = publicErrorResponse(status, message, { Connection: 'close' });
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body) });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...lines.map((line) => line.join(': ')),
  ];
  return void socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
};
