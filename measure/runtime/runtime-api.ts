import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
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
  const runtime: Runtime = { events: new EventEmitter(), waiting: undefined };
  const server = createServer((message, response) => receive(runtime, message, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const timeoutMs = timeoutSeconds * 1_000;
  const limits = () => ({ signal: AbortSignal.any([end, AbortSignal.timeout(timeoutMs)]) });
  const whenIdle = async (): Promise<void> => {
    if (!runtime.waiting) await once(runtime.events, 'idle', limits());
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    whenIdle,
    deliver: async (event) => {
      await whenIdle();
      const invocation = {
        requestId: randomUUID(),
        functionArn,
        deadlineMs: Date.now() + timeoutMs,
      };
      const ended = once(runtime.events, invocation.requestId, limits());
      const startedAt = performance.now();
      runtime.waiting?.writeHead(200, invocationHeaders(invocation)).end(event);
      runtime.waiting = undefined;
      const [reported] = await ended;
      return outcomeOf(reported as Reported, startedAt);
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

/** What is known of the runtime in the container. */
interface Runtime {
  /** `idle`, `error`, and the id of each request that has ended. */
  readonly events: EventEmitter;
  /** The response that will have the next event. */
  waiting: ServerResponse | undefined;
}

const receive = async (
  runtime: Runtime,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const request = parseRuntimeRequest(message.method ?? '', message.url ?? '');
  if (request?.kind === 'next') {
    runtime.waiting = response;
    runtime.events.emit('idle');
    return;
  }
  const body = await text(message);
  const receivedAt = performance.now();
  response.writeHead(request ? 202 : 404, JSON_TYPE).end('{"status":"OK"}');
  if (request?.kind === 'init-error') runtime.events.emit('error', new Error(body));
  else if (request) runtime.events.emit(request.requestId, { request, body, receivedAt });
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
