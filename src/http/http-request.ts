import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Visitor } from '../domain/visitor.ts';
import type { EdgeHeaders } from './edge-headers.ts';

/** An API Gateway proxy event, payload 1.0 (REST API) or 2.0 (HTTP API). */
export type ApiEvent = APIGatewayProxyEvent | APIGatewayProxyEventV2;

/**
 * A request, validated once at the edge. `version` and `httpMethod` are named as in payload 1.0, because the
 * CORS middleware reads them. So it sees validated values only.
 */
export interface HttpRequest {
  readonly version: '1.0';
  /** In upper case; empty when missing. */
  readonly httpMethod: string;
  readonly path: string;
  /** Values by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Decoded parameters by name; the values of a repeated one are joined by commas. */
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly visitor: Visitor;
  /** Behind an edge only, and only until they are checked. */
  readonly edge?: EdgeHeaders;
}

/**
 * The request in an event of either payload version. Never throws: missing parts are empty.
 *
 * Address and user agent are taken from the request context only, which API Gateway sets; a client can
 * send any X-Forwarded-For header. Behind an edge, `behindEdge` replaces the address.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const parseHttpRequest = (received: unknown): HttpRequest => {
  const event: Partial<ApiEvent> = isRecord(received) ? received : {};
  const { method, path, address, userAgent } = isVersion2(event)
    ? partsOf2(event)
    : partsOf1(event);
  return {
    version: '1.0',
    httpMethod: textOf(method)?.toUpperCase() ?? '',
    path: textOf(path) ?? '',
    headers: lowerCaseNames(event.headers),
    query: textsIn(event.queryStringParameters),
    visitor: { address: textOf(address), userAgent: textOf(userAgent) },
  };
};

interface RequestParts {
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

const partsOf2 = ({ rawPath, requestContext }: Version2): RequestParts => ({
  method: requestContext?.http?.method,
  path: rawPath,
  address: requestContext?.http?.sourceIp,
  userAgent: requestContext?.http?.userAgent,
});

const partsOf1 = ({ httpMethod, path, requestContext }: Version1): RequestParts => ({
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
