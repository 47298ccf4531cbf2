import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Visitor } from '../domain/visitor.ts';

/** An API Gateway proxy event, payload 1.0 (REST API) or 2.0 (HTTP API). */
export type ApiEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

/**
 * A request, judged once at the edge. It bears the payload 1.0 names of the two fields that the
 * CORS middleware reads, so that it too sees judged values only.
 */
export interface HttpRequest {
  readonly version: '1.0';
  /** Upper case. */
  readonly httpMethod: string;
  readonly path: string;
  /** Values by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Decoded parameters by name; the values of one that came twice are joined by a comma. */
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly visitor: Visitor;
}

/**
 * The request in an event of either payload version. Never throws: a missing part is empty.
 *
 * Address and user agent come from the request context alone, which API Gateway fills in; a
 * client can write any X-Forwarded-For it likes.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const parseHttpRequest = (received: unknown): HttpRequest => {
  const event: Partial<ApiEvent> = isRecord(received) ? received : {};
  const { method, path, address, userAgent } = isVersion2(event) ? facts2(event) : facts1(event);
  return {
    version: '1.0',
    httpMethod: textOf(method)?.toUpperCase() ?? '',
    path: textOf(path) ?? '',
    headers: lowerCaseNames(event.headers),
    query: textsIn(event.queryStringParameters),
    visitor: { address: textOf(address), userAgent: textOf(userAgent) },
  };
};

interface Facts {
  readonly method: unknown;
  readonly path: unknown;
  readonly address: unknown;
  readonly userAgent: unknown;
}

type Version1 = Partial<APIGatewayProxyEvent>;
type Version2 = Partial<APIGatewayProxyEventV2>;

const isVersion2 = (event: Partial<ApiEvent>): event is Version2 =>
  'version' in event && event.version === '2.0';

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;

const facts2 = ({ rawPath, requestContext }: Version2): Facts => ({
  method: requestContext?.http?.method,
  path: rawPath,
  address: requestContext?.http?.sourceIp,
  userAgent: requestContext?.http?.userAgent,
});

const facts1 = ({ httpMethod, path, requestContext }: Version1): Facts => ({
  method: httpMethod,
  path,
  address: requestContext?.identity?.sourceIp,
  userAgent: requestContext?.identity?.userAgent,
});

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const lowerCaseNames = (headers: unknown): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(textsIn(headers)).map(([name, value]) => [name.toLowerCase(), value]),
  );

const textsIn = (values: unknown): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(isRecord(values) ? values : {}).map(([name, value]) => [name, textOf(value)]),
  );
