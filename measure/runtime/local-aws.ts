import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Every service that the functions call but DynamoDB, and the address where CloudFormation takes responses. */
export interface LocalAws extends AsyncDisposable {
  readonly url: string;
  /** Operations that are not known here, and resources of CloudFormation that failed. */
  readonly problems: ReadonlySet<string>;
}

/** A response of AWS. */
interface Answer {
  readonly type: string;
  readonly body: string;
}

/** Starts it. */
export const startLocalAws = async (): Promise<LocalAws> => {
  const problems = new Set<string>();
  const server = createServer(async (message, response) => {
    const request = await text(message);
    const operation = operationOf(message, request);
    const answer = ANSWERS[operation];
    if (!answer) problems.add(`${operation} must be known: add it to measure/runtime/local-aws.ts`);
    if (/"Status":"FAILED"/.test(request)) problems.add(`A custom resource failed: ${request}`);
    const { type, body } = answer ?? json({});
    response.writeHead(answer ? 200 : 404, { 'content-type': type }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    problems,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};

// JSON with a header, a path of REST, or a form.
const operationOf = ({ method, url = '', headers }: IncomingMessage, body: string): string => {
  const target = headers['x-amz-target'];
  if (target !== undefined) return String(target).split('.').at(-1) ?? '';
  if (url.startsWith('/2015-03-31/event-source-mappings/')) return 'GetEventSourceMapping';
  return new URLSearchParams(body).get('Action') ?? `${method} ${url}`;
};

const json = (body: object): Answer => ({
  type: 'application/x-amz-json-1.0',
  body: JSON.stringify(body),
});

const ANSWERS: Readonly<Record<string, Answer>> = {
  GetParameter: json({ Parameter: { Value: 'k'.repeat(64) } }),
  PutParameter: json({ Version: 1 }),
  GetEventSourceMapping: json({ State: 'Enabled' }),
  GetMetricData: json({ MetricDataResults: [] }),
  Publish: { type: 'text/xml', body: '<PublishResponse><PublishResult/></PublishResponse>' },
  // What opens a connection, and a response to CloudFormation.
  'GET /': json({}),
  'POST /': json({}),
  'PUT /response': json({}),
};
