import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpResponse } from '../../http/http-response.ts';
import { commandLine } from '../../runtime/command-line.ts';
import { createLog } from '../../runtime/log.ts';
import { isAllowedHost } from './allowed-hosts.ts';
import { publicErrorResponse } from './public-error-response.ts';
import { parseRequestTarget, type RequestTarget } from './request-target.ts';

/** A response to a client; the body may be bytes. */
export type LocalResponse = Omit<HttpResponse, 'body'> & { readonly body: string | Buffer };

/** Answers one request. May reject. */
export type RequestHandler = (
  request: IncomingMessage,
  target: RequestTarget,
) => Promise<LocalResponse>;

export interface RequestOptions {
  /** Resolves when the counter can answer requests. */
  readonly handler: Promise<RequestHandler>;
  readonly allowedHosts: readonly string[];
}

/**
 * Answers a request or closes its connection. Never rejects, and handles every `error` event: an
 * error in a request ends that request, never the process.
 */
export const handleRequest = async (
  request: IncomingMessage,
  response: ServerResponse,
  options: RequestOptions,
): Promise<void> => {
  request.on('error', ignoreBrokenConnection).resume();
  response.on('error', ignoreBrokenConnection);
  try {
    send(response, await findResponse(request, options));
  } catch (error) {
    sendFailure(response);
    LOG.error('A request could not be answered', error as Error);
  }
};

const LOG = createLog('http-server');

const ignoreBrokenConnection = (): void => undefined;

const findResponse = async (
  request: IncomingMessage,
  { handler, allowedHosts }: RequestOptions,
): Promise<LocalResponse> => {
  const target = parseRequestTarget(request);
  if (!isAllowedHost(target.host, allowedHosts)) return misdirected();
  return (await handler)(request, target);
};

const sendFailure = (response: ServerResponse): void => {
  const message = 'Something went wrong; please try again later.';
  if (response.headersSent) response.destroy();
  else send(response, publicErrorResponse(500, message));
};

const misdirected = (): LocalResponse =>
  publicErrorResponse(
    421,
    'This counter only answers requests for localhost. Behind a proxy or tunnel, start it with ' +
      `the proxy's host name: ${commandLine('start', '--allowed-host NAME')}`,
  );

const send = (
  response: ServerResponse,
  { statusCode, headers, body, isBase64Encoded = false }: LocalResponse,
): void => {
  const encoding = isBase64Encoded ? 'base64' : 'utf8';
  response.writeHead(statusCode, headers).end(body, encoding);
};
