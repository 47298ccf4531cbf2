import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { invocationHeaders, parseRuntimeRequest } from './runtime-requests.ts';

/** How a call ended. */
export interface Outcome {
  readonly kind: 'response' | 'error';
  readonly requestId: string;
  /** JSON; of an error with `errorType`, which the client does not send as a header. */
  readonly body: string;
  /** From the delivery of the event to the response, milliseconds. */
  readonly wall: number;
}

/** The Runtime API for one container. */
export interface RuntimeApi extends AsyncDisposable {
  /** Host and port. */
  readonly address: string;
  /** Resolves when the container waits for an event. Rejects when it reports that its initialisation failed. */
  readonly whenIdle: () => Promise<void>;
  /** Delivers an event, as JSON, to the waiting container. */
  readonly deliver: (event: string) => Promise<Outcome>;
}

/**
 * Serves the Runtime API. Whatever waits for the container rejects after the timeout, and when `end` is aborted because
 * the container has ended.
 */
export const serveRuntimeApi = async (
  functionArn: string,
  timeoutSeconds: number,
  end: AbortSignal,
): Promise<RuntimeApi> => {
  const events = new EventEmitter();
  let waiting: ServerResponse | undefined;
  const server = createServer(async (message, response) => {
    const request = parseRuntimeRequest(message.method ?? '', message.url ?? '');
    if (request?.kind === 'next') {
      waiting = response;
      events.emit('idle');
      return;
    }
    const body = await text(message);
    const receivedAt = performance.now();
    response.writeHead(request ? 202 : 404, JSON_TYPE).end('{"status":"OK"}');
    if (request?.kind === 'init-error') events.emit('error', new Error(`It failed: ${body}`));
    else if (request) events.emit(request.requestId, { request, body, receivedAt });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const limited = () => ({
    signal: AbortSignal.any([end, AbortSignal.timeout(timeoutSeconds * 1_000)]),
  });
  const whenIdle = async (): Promise<void> => {
    if (!waiting) await once(events, 'idle', limited());
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    whenIdle,
    deliver: async (event) => {
      await whenIdle();
      const requestId = randomUUID();
      const ended = once(events, requestId, limited());
      const deadlineMs = Date.now() + timeoutSeconds * 1_000;
      const startedAt = performance.now();
      waiting?.writeHead(200, invocationHeaders({ requestId, functionArn, deadlineMs })).end(event);
      waiting = undefined;
      const [reported] = await ended;
      return outcomeOf(reported as Reported, startedAt);
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const JSON_TYPE = { 'content-type': 'application/json' };

interface Reported {
  readonly request: Pick<Outcome, 'kind' | 'requestId'>;
  readonly body: string;
  readonly receivedAt: number;
}

const outcomeOf = (
  { request: { kind, requestId }, body, receivedAt }: Reported,
  startedAt: number,
): Outcome => ({ kind, requestId, body, wall: receivedAt - startedAt });
