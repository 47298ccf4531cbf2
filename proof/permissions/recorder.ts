import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FunctionCall } from './aws-call.ts';
import { callsOfRequest, parseSignedRequest, type SignedRequest } from './calls-of-request.ts';
import { type Answer, createOtherServices, failWith, type Trouble } from './other-services.ts';

/** AWS for the functions; it writes down what they call. */
export interface Recorder extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly FunctionCall[];
  /** What was called that is not known here. */
  readonly unknown: readonly string[];
  /** From now on the first `times` requests of each function for each operation fail. */
  readonly fail: (trouble: Trouble, times: number) => void;
}

/** The failure of requests, and how often each operation of a function has failed. */
interface Failing {
  readonly trouble: Trouble;
  readonly times: number;
  readonly failed: Map<string, number>;
}

/** Starts a recorder that passes requests to DynamoDB on to the one at `dynamodb`, and answers all others itself. */
export const startRecorder = async (dynamodb: string): Promise<Recorder> => {
  const calls: FunctionCall[] = [];
  const unknown: string[] = [];
  let failing: Failing | undefined;
  const answerOther = createOtherServices();
  const answer = async (message: IncomingMessage): Promise<Answer> => {
    const { url = '', headers } = message;
    const body = await text(message);
    const request = parseSignedRequest({ url, headers }, body);
    // The opening of a connection, or a response to CloudFormation.
    if (!request) return { status: 200, type: 'text/plain', body: '' };
    calls.push(
      ...callsOfRequest(request).map((call) => ({ functionName: request.functionName, ...call })),
    );
    if (failing && isFailing(failing, request)) return failWith(failing.trouble, request.service);
    return request.service === 'dynamodb' ? passOn(dynamodb, message, body) : answerOther(request);
  };
  const server = createServer(async (message, response) => {
    const { status, type, body } = await answer(message).catch((error: Error) => {
      unknown.push(error.message);
      return { status: 400, type: 'text/plain', body: '' };
    });
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ calls, unknown },
    fail: (trouble, times) => {
      failing = { trouble, times, failed: new Map() };
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const isFailing = (
  { failed, times }: Failing,
  { functionName, operation }: SignedRequest,
): boolean => {
  const key = `${functionName} ${operation}`;
  const before = failed.get(key) ?? 0;
  failed.set(key, before + 1);
  return before < times;
};

const passOn = async (
  endpoint: string,
  { headers: { host, connection, ...headers } }: IncomingMessage,
  body: string,
): Promise<Answer> => {
  const response = await fetch(endpoint, {
    ...{ method: 'POST', body },
    headers: headers as Record<string, string>,
  });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: await response.text() };
};
