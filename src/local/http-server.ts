import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import sirv from 'sirv';
import type { HttpHandler } from '../http/http-handler.ts';
import { SESSIONS_PATH } from '../http/paths.ts';
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
  /** Begins to answer; without a `widget` the API is asked for it too. */
  readonly serve: (functions: ApiFunctions, pageFolder: string, widget?: string) => void;
  /** Takes no more requests and lets those under way end. Safe to repeat. */
  readonly stop: () => Promise<void>;
}

const GRACE_MS = 2_000;
const WIDGET_PATH = '/widget.js';
// A browser takes a module of another origin by the rules of CORS only.
const SCRIPT_HEADERS = {
  'Content-Type': 'text/javascript; charset=utf-8',
  'Access-Control-Allow-Origin': '*',
};

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
    serve: (...what) => void server.on('request', answer(...what)),
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

// The page's files first, then the API as deployed: ingest has its path, query all the others.
const answer = (
  { ingest, query }: ApiFunctions,
  pageFolder: string,
  widget?: string,
): RequestListener => {
  const servePage = sirv(pageFolder, { dev: true });
  return (request, response) => {
    const path = request.url?.split('?', 1)[0];
    if (widget && path === WIDGET_PATH) {
      response.writeHead(200, SCRIPT_HEADERS).end(widget);
      return;
    }
    const callApi = () =>
      invokeOverHttp(path === SESSIONS_PATH ? ingest : query, request, response);
    if (request.method === 'GET' || request.method === 'HEAD')
      servePage(request, response, callApi);
    else void callApi();
  };
};
