import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buildWidget } from '../../../src/local/widget-bundle.ts';

/** A server that keeps the headers of POST requests. It serves the widget, and pages that embed it. */
export interface HeaderServer extends AsyncDisposable {
  readonly httpPort: number;
  readonly httpsPort: number;
  /** The headers of each POST, by its path and query. */
  readonly received: Map<string, Record<string, string>>;
}

/** Starts the server on two free ports of the loopback address. Needs openssl. */
export const startHeaderServer = async (): Promise<HeaderServer> => {
  const received: HeaderServer['received'] = new Map();
  const code = await buildWidget();
  const answer: RequestListener = ({ method, url = '/', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    if (method === 'POST') received.set(url, portableHeaders(headers));
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (pathname === '/widget.js') return send(response, 'text/javascript', code);
    if (pathname === '/page') return send(response, 'text/html', pageOf(searchParams.get('api')));
    return send(response, 'application/json', '{"counted":true}');
  };
  const servers = [createServer(answer), createTlsServer(selfSigned(), answer)];
  for (const server of servers) await once(server.listen(0, '127.0.0.1'), 'listening');
  const [httpPort = 0, httpsPort = 0] = servers.map(
    (server) => (server.address() as AddressInfo).port,
  );
  return {
    ...{ httpPort, httpsPort, received },
    async [Symbol.asyncDispose]() {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => once(server.close(), 'close')));
    },
  };
};

// Key and certificate in one text.
const selfSigned = () => {
  const pem = execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-keyout', '-'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  return { key: pem, cert: pem };
};

const send = (response: Parameters<RequestListener>[1], type: string, body: string): void => {
  response.writeHead(200, { 'Content-Type': type }).end(body);
};

/** The other ways in which a page could send a visit. */
export const OTHER_WAYS: Readonly<Record<string, string>> = {
  'fetch()': `fetch(url, { method: 'POST' })`,
  'fetch() without CORS': `fetch(url, { method: 'POST', mode: 'no-cors' })`,
  'navigator.sendBeacon()': 'navigator.sendBeacon(url)',
};

const pageOf = (api: string | null): string => `<!doctype html>
  <script type="module" src="${api}/widget.js"></script><session-counter></session-counter>
  <script>${Object.entries(OTHER_WAYS)
    .map(([way, code]) => `((url) => ${code})('${api}/sessions?way=${encodeURIComponent(way)}');`)
    .join('\n')}</script>`;

// Ports and connections differ from run to run.
const OF_CONNECTION = new Set(['host', 'connection', 'content-length']);

const portableHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !OF_CONNECTION.has(name))
      .map(([name, value]) => [name, `${value}`.replace(/(:\/\/[^/]*):\d+/, '$1')]),
  );
