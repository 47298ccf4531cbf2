import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** The state of each mapping by its id, or the name of the error to respond with. */
export type FakeMappings = Readonly<Record<string, string>>;

const STATUS: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  TooManyRequestsException: 429,
  ServiceException: 500,
};

/** Responds to GetEventSourceMapping as AWS does; `silent` never responds. */
export const startLambda = async (mappings: FakeMappings | 'silent'): Promise<string> => {
  const server = createServer((request, response) => {
    if (mappings === 'silent') return;
    const id = request.url?.replace('/2015-03-31/event-source-mappings/', '') ?? '';
    const state = mappings[id] ?? 'ResourceNotFoundException';
    const status = STATUS[state];
    response.setHeader('content-type', 'application/json');
    if (status === undefined) {
      response.end(JSON.stringify({ UUID: id, State: state }));
    } else {
      response.writeHead(status, { 'x-amzn-ErrorType': state }).end('{"Message":"refused"}');
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
