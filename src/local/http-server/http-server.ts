import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createLog } from '../../runtime/log.ts';
import { handleClientError } from './handle-client-error.ts';
import { handleRequest, type RequestHandler } from './handle-request.ts';
import { publicErrorResponse } from './public-error-response.ts';
import { urlHost } from './url-host.ts';

/** A server on a bound port. Requests wait until `serve` or `stop` is called. */
export interface HttpServer {
  readonly url: string;
  /** Starts answering, beginning with the requests that wait. */
  readonly serve: (handler: RequestHandler) => void;
  /**
   * Stops accepting requests and finishes running ones. Requests that still wait for `serve` get a
   * 503. Takes two seconds at most, whatever clients do. Safe to repeat.
   */
  readonly stop: () => Promise<void>;
}

const CLOSE_TIMEOUT_MS = 1_500;

// Each connection costs a file descriptor, and the database needs some too.
const MAX_CONNECTIONS = 1_000;

/** An address of the loopback interface, which other machines cannot reach. */
export const DEFAULT_HOST = '127.0.0.1';

/**
 * Binds `port` on `host`, an address or name of this machine; 0.0.0.0 is every address, and :: also
 * includes those of IPv6. It is the first thing to start, so that a port in use leaves nothing to clean
 * up. Answers only requests for localhost and `allowedHosts`, whatever `host` is. No request can end the
 * process. Throws the error of `listen`.
 */
export const openHttpServer = async (
  port: number,
  allowedHosts: readonly string[] = [],
  host = DEFAULT_HOST,
): Promise<HttpServer> => {
  const { promise: handler, resolve: serve } = Promise.withResolvers<RequestHandler>();
  const onRequest = (request: IncomingMessage, response: ServerResponse): void =>
    void handleRequest(request, response, { handler, allowedHosts });
  // Handles what Node.js would otherwise reject itself, without a message and CORS headers.
  const server = createServer({ requireHostHeader: false })
    .on('request', onRequest)
    .on('checkExpectation', onRequest)
    .on('clientError', handleClientError);
  server.maxConnections = MAX_CONNECTIONS;
  await once(server.listen(port, host), 'listening');
  server.on('error', logAcceptError);
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const stop = (): Promise<void> => {
    serve(respondNotStarted);
    return closeServer(server);
  };
  return { url: `http://${urlHost(host)}:${bound}`, serve, stop };
};

const LOG = createLog('http-server');

// For example when no file descriptor is left. The next connection may succeed.
const logAcceptError = (error: Error): void =>
  LOG.warn('A connection could not be accepted', error);

const respondNotStarted: RequestHandler = async () =>
  publicErrorResponse(503, 'The counter failed to start; see the terminal.', {
    Connection: 'close',
    'Retry-After': '5',
  });

const closeServer = async (server: Server): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  await closed;
  clearTimeout(timer);
};
