import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createLog } from '../../runtime/log.ts';
import { StartError } from '../start-error.ts';
import { handleClientError } from './handle-client-error.ts';
import { handleRequest, type Respond } from './handle-request.ts';
import { publicErrorResponse } from './public-error-response.ts';

/** A bound port. Requests wait until `serve` or `stop`. */
export interface HttpServer {
  readonly url: string;
  /** Begins to answer, those that wait first. */
  readonly serve: (respond: Respond) => void;
  /**
   * Takes no more requests and lets those under way end; those that still wait for `serve` are
   * answered 503. Done in two seconds, whatever a client does. Safe to repeat.
   */
  readonly stop: () => Promise<void>;
}

const GRACE_MS = 1_500;

// Each costs a descriptor, and the database needs some too.
const MAX_CONNECTIONS = 1_000;

/**
 * Takes `port` on the loopback interface before anything else is started, so that a taken port
 * leaves no trace. Answers requests for this machine and for `allowedHosts` alone. No request can
 * end the process. Throws a StartError when it cannot have the port.
 */
export const openHttpServer = async (
  port: number,
  allowedHosts: readonly string[] = [],
): Promise<HttpServer> => {
  const { promise: respond, resolve: serve } = Promise.withResolvers<Respond>();
  const answer = (request: IncomingMessage, response: ServerResponse): void =>
    void handleRequest(request, response, { respond, allowedHosts });
  // What Node.js refuses by itself, it refuses without a message and without CORS headers.
  const server = createServer({ requireHostHeader: false })
    .on('request', answer)
    .on('checkExpectation', answer)
    .on('clientError', handleClientError);
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, port);
  server.on('error', tellLostConnection);
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const stop = (): Promise<void> => {
    serve(tellNotStarted);
    return closeServer(server);
  };
  return { url: `http://localhost:${bound}`, serve, stop };
};

const LOG = createLog('http-server');

// A connection that could not be taken, as when no descriptor is left; the next one may be.
const tellLostConnection = (error: Error): void =>
  LOG.warn('A connection could not be accepted', error);

const tellNotStarted: Respond = async () =>
  publicErrorResponse(503, 'The counter did not start; the terminal says why.', {
    Connection: 'close',
    'Retry-After': '5',
  });

const closeServer = async (server: Server): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const impatience = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(impatience);
};

const listen = async (server: Server, port: number): Promise<void> => {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const message =
      code === 'EADDRINUSE'
        ? `Port ${port} is taken; choose another, for example: npm start -- --port ${port + 1}`
        : `Port ${port} cannot be opened (${code})`;
    throw new StartError(message, { cause });
  }
};
