import { text } from 'node:stream/consumers';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { LIMITS } from './aws-client.ts';
import { findEndpoint, type Service } from './aws-endpoint.ts';

/** A request to a service whose API is JSON, such as GetParameter of Systems Manager. */
export interface AwsRequest {
  /** The first label of its host, and the name in signatures. */
  readonly service: Exclude<Service, 'dynamodb'>;
  /** The operation after the name of its API, such as `AmazonSSM.GetParameter`. */
  readonly target: string;
  readonly input: object;
}

/** The answer of a service that refused a request; `name` is the code of the service. */
class AwsRequestError extends Error {
  override readonly name: string;
  readonly statusCode: number;

  constructor(name: string, message: string, statusCode: number) {
    super(message);
    this.name = name;
    this.statusCode = statusCode;
  }
}

/**
 * Sends a request with the credentials, region and connections of `client`, and returns the answer. For
 * one rare request, the client of its service would be too large: that of Systems Manager adds 78 kB to a
 * bundle, and this adds nothing but itself, because every client signs its requests the same way. Sends
 * it twice at most, and gives up on a silent service after about 3 seconds. Throws an AwsRequestError when
 * the service refuses, otherwise what the connection throws.
 *
 * @see https://docs.aws.amazon.com/AmazonSSM/latest/APIReference/CommonParameters.html
 */
export const sendAwsRequest = async <Output>(
  client: DynamoDBDocumentClient,
  request: AwsRequest,
): Promise<Output> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await sendOnce(client, request)) as Output;
    } catch (error) {
      if (attempt === LIMITS.otherServices.attempts || !mayPass(error)) throw error;
    }
  }
};

const mayPass = (error: unknown): boolean =>
  !(error instanceof AwsRequestError) ||
  error.statusCode >= 500 ||
  error.name === 'ThrottlingException';

const sendOnce = async ({ config }: DynamoDBDocumentClient, request: AwsRequest) => {
  const { service, target, input } = request;
  const region = await config.region();
  const { credentials, sha256 } = config;
  const { protocol, hostname, port } = await findEndpoint(config, service);
  const signed = await new SignatureV4({ service, region, credentials, sha256 }).sign({
    ...{ method: 'POST', protocol, hostname, path: '/', query: {} },
    ...(port && { port: Number(port) }),
    headers: {
      host: port ? `${hostname}:${port}` : hostname,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
    },
    body: JSON.stringify(input),
  });
  const { response } = await config.requestHandler.handle(signed as HandledRequest, {
    requestTimeout: LIMITS.otherServices.answerMs,
  });
  return parseAnswer(response.statusCode, await text(response.body));
};

type HandledRequest = Parameters<DynamoDBDocumentClient['config']['requestHandler']['handle']>[0];

interface Refusal {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
}

const parseAnswer = (statusCode: number, body: string): unknown => {
  if (statusCode === 200) return JSON.parse(body);
  const { __type = '', message, Message } = parseRefusal(body);
  const name = __type.split('#').at(-1) || 'AwsRequestError';
  throw new AwsRequestError(name, message ?? Message ?? `HTTP status ${statusCode}`, statusCode);
};

// A proxy or a load balancer may answer something else.
const parseRefusal = (body: string): Refusal => {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
};
