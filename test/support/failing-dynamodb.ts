import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll } from 'vitest';

/**
 * How DynamoDB fails; `nothing` passes requests on to a real one. It can be silent to all requests, or only
 * to reads of the stream, from the start or in the middle of a response.
 */
export type Trouble =
  | ('nothing' | 'down' | 'throttling' | 'denied' | 'broken')
  | ('silent' | 'silent stream' | 'stream that falls silent');

/** A proxy in front of a real DynamoDB that fails on demand. */
export interface FailingDynamoDB {
  readonly endpoint: string;
  trouble: Trouble;
  /** The number of requests that got no response, or half of one. */
  unanswered: number;
  /** An operation that is denied while all others are passed on, such as `UpdateItem`. */
  deny: string | undefined;
  /**
   * Makes the response of the next UpdateItem get lost: it is applied, then this is called, then the
   * connection breaks. Undefined: no response is lost.
   */
  beforeAnswerIsLost: (() => Promise<unknown>) | undefined;
  /** A table to which every UpdateItem is denied. */
  denyWritesTo: string | undefined;
  /** Changes the responses of the real DynamoDB to an operation such as `GetRecords`. */
  changeAnswer: ((operation: string, answer: string) => string) | undefined;
  /** The credential scope of the last request's signature: access key id, day, region. */
  signedBy: string | undefined;
}

const NAMESPACE = 'com.amazonaws.dynamodb.v20120810';
const ERRORS = {
  throttling: [400, `${NAMESPACE}#ThrottlingException`],
  denied: [400, `${NAMESPACE}#AccessDeniedException`],
  broken: [500, `${NAMESPACE}#InternalServerError`],
} as const;

/** Starts the proxy in front of the DynamoDB at `realEndpoint`; stopped after the tests of the file. */
export const startFailingDynamoDB = async (
  realEndpoint: () => string,
): Promise<FailingDynamoDB> => {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const failing: FailingDynamoDB = {
    ...{ endpoint: `http://127.0.0.1:${port}`, trouble: 'nothing' as const, unanswered: 0 },
    ...{ deny: undefined, beforeAnswerIsLost: undefined, signedBy: undefined },
    ...{ denyWritesTo: undefined, changeAnswer: undefined },
  };
  server.on('request', (request, response) => {
    const operation = String(request.headers['x-amz-target']).split('.').at(-1);
    failing.signedBy = /Credential=([^,]+)/.exec(request.headers.authorization ?? '')?.[1];
    const trouble = operation === failing.deny ? 'denied' : failing.trouble;
    // A request may still be in progress when its test, and the real DynamoDB, have ended.
    const hangUp = (): void => void request.socket.destroy();
    const meanwhile = operation === 'UpdateItem' ? failing.beforeAnswerIsLost : undefined;
    if (meanwhile) {
      failing.beforeAnswerIsLost = undefined;
      loseAnswer(realEndpoint(), request, meanwhile).catch(hangUp);
    } else if (fallSilent(trouble, request, response)) failing.unanswered += 1;
    else {
      const change = (text: string): string =>
        failing.changeAnswer?.(operation ?? '', text) ?? text;
      const denied = operation === 'UpdateItem' ? failing.denyWritesTo : undefined;
      const real = { realEndpoint: realEndpoint(), change, denied };
      answer(trouble, real, request, response).catch(hangUp);
    }
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return failing;
};

// A silent request is never answered, even after the trouble has ended.
const fallSilent = (
  trouble: Trouble,
  { headers }: IncomingMessage,
  response: ServerResponse,
): boolean => {
  if (trouble === 'silent') return true;
  if (!trouble.includes('stream')) return false;
  if (!`${headers['x-amz-target']}`.startsWith('DynamoDBStreams')) return false;
  if (trouble === 'stream that falls silent') {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).write('{"Rec');
  }
  return true;
};

/** The real DynamoDB, what its responses become, and the table that it denies. */
interface Real {
  readonly realEndpoint: string;
  readonly denied: string | undefined;
  readonly change: (text: string) => string;
}

const answer = async (
  trouble: Trouble,
  real: Real,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (trouble === 'down') return void request.socket.destroy();
  if (!(trouble in ERRORS)) return passOn(real, request, response);
  fail(trouble as keyof typeof ERRORS, response);
};

const fail = (trouble: keyof typeof ERRORS, response: ServerResponse): void => {
  const [status, __type] = ERRORS[trouble];
  const body = JSON.stringify({ __type, message: 'arn:aws:dynamodb:secret' });
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
};

const loseAnswer = async (
  realEndpoint: string,
  request: IncomingMessage,
  meanwhile: () => Promise<unknown>,
): Promise<void> => {
  await askReal(realEndpoint, request, await buffer(request));
  await meanwhile();
  request.socket.destroy();
};

const passOn = async (
  { realEndpoint, change, denied }: Real,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const body = await buffer(request);
  if (denied !== undefined && JSON.parse(body.toString()).TableName === denied) {
    return fail('denied', response);
  }
  const real = await askReal(realEndpoint, request, body);
  const type = real.headers.get('content-type') ?? '';
  response.writeHead(real.status, { 'content-type': type }).end(change(await real.text()));
};

const askReal = async (
  realEndpoint: string,
  request: IncomingMessage,
  body: Buffer,
): Promise<Response> => {
  const { host, connection, ...headers } = request.headers;
  return fetch(realEndpoint, {
    method: 'POST',
    headers: headers as Record<string, string>,
    body,
  });
};
