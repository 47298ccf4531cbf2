import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Answer } from './answer.ts';
import { parseSignedRequest, type SignedRequest } from './signed-request.ts';

/** A request as it was received. */
export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** An HTTP server that takes the place of AWS. */
export interface LocalAws extends AsyncDisposable {
  readonly url: string;
  /** Where CloudFormation takes the responses of custom resources. */
  readonly responseUrl: string;
  /** Why requests could not be answered. */
  readonly problems: ReadonlySet<string>;
  /** The responses of custom resources that failed. */
  readonly failedResources: ReadonlySet<string>;
}

/**
 * Starts a server that answers each signed request with `answer`. When that throws, the message is one of its
 * problems, and the response is an error that no SDK repeats.
 */
export const startLocalAws = async (
  answer: (request: SignedRequest, received: Received) => Answer | Promise<Answer>,
): Promise<LocalAws> => {
  const problems = new Set<string>();
  const failedResources = new Set<string>();
  const respond = async (message: IncomingMessage): Promise<Answer> => {
    const { url, headers } = message;
    const body = await text(message);
    const request = parseSignedRequest({ url, headers }, body);
    if (request) return answer(request, { headers, body });
    // The opening of a connection, or a response to CloudFormation.
    if (/"Status":"FAILED"/.test(body)) failedResources.add(body);
    return EMPTY;
  };
  const server = createServer(async (message, response) => {
    const { status, type, body } = await respond(message).catch((error: Error) => {
      problems.add(error.message);
      return { ...EMPTY, status: 400 };
    });
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, responseUrl: `${url}/response`, problems, failedResources },
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

const EMPTY: Answer = { status: 200, type: 'text/plain', body: '' };
