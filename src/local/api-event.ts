import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpHandler } from '../http/http-handler.ts';
import type { HttpResponse } from '../http/http-response.ts';

/**
 * The payload 2.0 event that API Gateway would make of this request, without a body: no function
 * reads one.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
const toApiEvent = (request: IncomingMessage): Partial<APIGatewayProxyEventV2> => {
  const [rawPath = '/', ...rest] = (request.url ?? '/').split('?');
  const rawQueryString = rest.join('?');
  const method = request.method ?? 'GET';
  const http = {
    method,
    path: rawPath,
    protocol: `HTTP/${request.httpVersion}`,
    sourceIp: request.socket.remoteAddress ?? '',
    userAgent: request.headers['user-agent'] ?? '',
  };
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    queryStringParameters: parametersOf(rawQueryString),
    headers: joinValues(request.headers),
    requestContext: { http } as APIGatewayProxyEventV2['requestContext'],
    isBase64Encoded: false,
  };
};

const joinValues = (headers: IncomingMessage['headers']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(',')]),
  );

const parametersOf = (query: string): Record<string, string> => {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]),
  );
};

/** Sends a function's answer as API Gateway would. */
const sendResponse = (
  response: ServerResponse,
  { statusCode, headers, body }: HttpResponse,
): void => {
  response.writeHead(statusCode, headers).end(body);
};

/** Answers a request by a function. Never rejects: a connection that is gone is nobody's loss. */
export const invokeOverHttp = async (
  handler: HttpHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  request.resume();
  try {
    sendResponse(response, await handler(toApiEvent(request)));
  } catch {
    response.destroy();
  }
};
