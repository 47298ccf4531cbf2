import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The services that are called without a client of their own. */
export type Service = 'dynamodb' | 'secretsmanager' | 'ssm';

/**
 * The endpoint of a service, in the region of a client of DynamoDB. The host of each service differs from
 * that of DynamoDB in its first label only, in every partition. The variables are those of the SDK.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export const findEndpoint = async (
  { region, endpointProvider }: DynamoDBDocumentClient['config'],
  service: Service,
): Promise<URL> => {
  const own = process.env[VARIABLES[service]] ?? process.env.AWS_ENDPOINT_URL;
  if (own) return new URL(own);
  const { url } = endpointProvider({ Region: await region() });
  return new URL(url.href.replace('//dynamodb.', `//${service}.`));
};

/** A request for the path / of an endpoint, not signed, without a body. */
export const requestTo = (
  { protocol, hostname, port, host }: URL,
  method: 'GET' | 'POST',
  headers: Readonly<Record<string, string>> = {},
) => ({
  ...{ method, protocol, hostname, path: '/', query: {}, headers: { host, ...headers } },
  ...(port && { port: Number(port) }),
});

/** A request as the connections of a client take it. */
export type HandledRequest = Parameters<
  DynamoDBDocumentClient['config']['requestHandler']['handle']
>[0];

const VARIABLES = {
  dynamodb: 'AWS_ENDPOINT_URL_DYNAMODB',
  secretsmanager: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  ssm: 'AWS_ENDPOINT_URL_SSM',
};
