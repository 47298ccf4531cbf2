import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import sirv from 'sirv';
import type { HttpHandler } from '../http/http-handler.ts';
import {
  BADGE_PATH,
  COUNTS_PATH,
  HISTORY_PATH,
  OPENAPI_PATH,
  OWN_SESSION_PATH,
  SESSIONS_PATH,
  WIDGET_PATH,
} from '../http/paths.ts';
import { invokeOverHttp } from './api-event.ts';
import { StartError } from './start-error.ts';

/** The functions behind the API. */
export interface ApiFunctions {
  readonly ingest: HttpHandler;
  readonly query: HttpHandler;
}

/** A bound port that does not answer yet. */
export interface HttpServer {
  readonly url: string;
  /** Begins to answer. */
  readonly serve: (functions: ApiFunctions, pageFolder: string) => void;
  /** Takes no more requests and lets those under way end. Safe to repeat. */
  readonly stop: () => Promise<void>;
}

const GRACE_MS = 2_000;

/**
 * Takes `port` on the loopback interface before anything else is started, so that a taken port
 * leaves no trace. Throws a StartError when it cannot have it.
 */
export const openHttpServer = async (port: number): Promise<HttpServer> => {
  const server = createServer();
  await listen(server, port);
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return {
    url: `http://localhost:${bound}`,
    serve: (functions, pageFolder) => void server.on('request', answer(functions, pageFolder)),
    stop: () => closeServer(server),
  };
};

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

const INGEST_PATHS: ReadonlySet<string> = new Set([SESSIONS_PATH, OWN_SESSION_PATH]);
const QUERY_PATHS: ReadonlySet<string> = new Set([
  ...[COUNTS_PATH, HISTORY_PATH, BADGE_PATH, WIDGET_PATH, OPENAPI_PATH],
]);

// As deployed: ingest has its paths, query all the others. But where no function has a route the
// page's files come first; they are looked for on the disk each time, which takes longer than a read.
const answer = ({ ingest, query }: ApiFunctions, pageFolder: string): RequestListener => {
  const servePage = sirv(pageFolder, { dev: true });
  return (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '';
    const callApi = () =>
      invokeOverHttp(INGEST_PATHS.has(path) ? ingest : query, request, response);
    const isForPage = request.method === 'GET' || request.method === 'HEAD';
    if (isForPage && !QUERY_PATHS.has(path)) servePage(request, response, callApi);
    else void callApi();
  };
};
