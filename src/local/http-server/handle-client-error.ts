import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { publicErrorResponse } from './public-error-response.ts';

const REFUSALS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'The headers of the request are too long; are there many cookies?'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long.'],
};

const NOT_HTTP = [400, 'The request is not valid HTTP.'] as const;

/**
 * Answers what Node.js cannot read as a request and closes the connection: with 431 to too many
 * headers, 408 to a request that does not come to an end, else 400. Never throws.
 */
export const handleClientError = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (!socket.writable) return void socket.destroy();
  const [status, message] = REFUSALS[error.code ?? ''] ?? NOT_HTTP;
  const { headers, body } = publicErrorResponse(status, message, { Connection: 'close' });
  const lines = Object.entries({ ...headers, 'Content-Length': Buffer.byteLength(body) });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...lines.map((line) => line.join(': ')),
  ];
  return void socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
};
