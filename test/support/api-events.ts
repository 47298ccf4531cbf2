import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import { browser } from './browsers.ts';

export interface RequestFacts {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
}

const DEFAULTS = { method: 'POST', path: '/sessions', headers: {}, address: '203.0.113.7' };
const complete = (facts: RequestFacts) => ({ ...DEFAULTS, userAgent: browser(), ...facts });

/** A complete payload 2.0 event, as an HTTP API sends it. */
export const httpApiEvent = (facts: RequestFacts = {}): APIGatewayProxyEventV2 => {
  const { method, path, headers, address, userAgent } = complete(facts);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3',
      domainName: 'a1b2c3.execute-api.eu-central-1.amazonaws.com',
      domainPrefix: 'a1b2c3',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: address, userAgent },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: '$default',
      stage: '$default',
      time: '23/Nov/2026:18:00:00 +0000',
      timeEpoch: 1_795_456_800_000,
    },
    isBase64Encoded: false,
  } as APIGatewayProxyEventV2;
};

/** A complete payload 1.0 event, as a REST API sends it. */
export const restApiEvent = (facts: RequestFacts = {}): APIGatewayProxyEvent => {
  const { method, path, headers, address, userAgent } = complete(facts);
  return {
    resource: path,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: {},
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: { identity: { sourceIp: address, userAgent }, httpMethod: method, path },
    body: null,
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEvent;
};
