import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpResponse } from '../../http/http-response.ts';
import { createLog } from '../../runtime/log.ts';
import { isAllowedHost } from './allowed-hosts.ts';
import { publicErrorResponse } from './public-error-response.ts';
import { parseRequestTarget, type RequestTarget } from './request-target.ts';

/** What goes back to the client; the body may be bytes. */
export type Answer = Omit<HttpResponse, 'body'> & { readonly body: string | Buffer };

/** Answers one request. May reject. */
export type Respond = (request: IncomingMessage, target: RequestTarget) => Promise<Answer>;

/** How requests are answered. */
export interface Answering {
  /** Resolves when the counter can answer. */
  readonly respond: Promise<Respond>;
  readonly allowedHosts: readonly string[];
}

/**
 * Answers a request, or closes its connection. Never rejects, and leaves no error event without a
 * listener: an error in a request ends that request, not the process.
 */
export const handleRequest = async (
  request: IncomingMessage,
  response: ServerResponse,
  answering: Answering,
): Promise<void> => {
  request.on('error', passBroken).resume();
  response.on('error', passBroken);
  try {
    send(response, await findAnswer(request, answering));
  } catch (error) {
    fail(response);
    LOG.error('A request could not be answered', error as Error);
  }
};

const LOG = createLog('http-server');

// A connection that is gone is nobody's loss.
const passBroken = (): void => undefined;

const findAnswer = async (
  request: IncomingMessage,
  { respond, allowedHosts }: Answering,
): Promise<Answer> => {
  const target = parseRequestTarget(request);
  if (!isAllowedHost(target.host, allowedHosts)) return misdirected();
  return (await respond)(request, target);
};

const fail = (response: ServerResponse): void => {
  const message = 'Something went wrong here; please try again later.';
  if (response.headersSent) response.destroy();
  else send(response, publicErrorResponse(500, message));
};

const misdirected = (): Answer =>
  publicErrorResponse(
    421,
    'The counter on this machine answers as localhost only. Behind a proxy or a tunnel, start it ' +
      'with the name that they use: npm start -- --allowed-host NAME',
  );

const send = (response: ServerResponse, { statusCode, headers, body }: Answer): void => {
  response.writeHead(statusCode, headers).end(body);
};
