import { text } from 'node:stream/consumers';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { SignatureV4 } from '@smithy/signature-v4';
import { LIMITS } from './aws-client.ts';
import { findEndpoint, type HandledRequest, requestTo, type Service } from './aws-endpoint.ts';

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
 * it twice at most, and gives up after 4 seconds, even in the middle of an answer. Throws an
 * AwsRequestError when the answer is not a JSON object with status 200, otherwise what the connection
 * throws. No error quotes an answer that is not a refusal, because it may contain a key.
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
  !isClientError(error.statusCode) ||
  error.statusCode === 429 ||
  error.name === 'ThrottlingException';

const isClientError = (statusCode: number): boolean => statusCode >= 400 && statusCode < 500;

const ATTEMPT_MS = LIMITS.otherServices.connectMs + LIMITS.otherServices.answerMs;

// The time limits of the connections end with the first byte of an answer.
const withinAttempt = async <Output>(
  work: (abortSignal: AbortSignal) => Promise<Output>,
): Promise<Output> => {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), ATTEMPT_MS);
  try {
    return await work(end.signal);
  } catch (error) {
    if (!end.signal.aborted) throw error;
    const message = `The answer was not complete after ${ATTEMPT_MS} ms`;
    throw Object.assign(new Error(message), { name: 'TimeoutError' });
  } finally {
    clearTimeout(timer);
  }
};

const sendOnce = async ({ config }: DynamoDBDocumentClient, request: AwsRequest) => {
  const { service, target, input } = request;
  const region = await config.region();
  const { credentials, sha256 } = config;
  const unsigned = requestTo(await findEndpoint(config, service), 'POST', {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': target,
  });
  const signer = new SignatureV4({ service, region, credentials, sha256 });
  const signed = await signer.sign({ ...unsigned, body: JSON.stringify(input) });
  return withinAttempt(async (abortSignal) => {
    const requestTimeout = LIMITS.otherServices.answerMs;
    const options = { requestTimeout, abortSignal };
    const { response } = await config.requestHandler.handle(signed as HandledRequest, options);
    return parseAnswer(response.statusCode, await text(response.body));
  });
};

interface Refusal {
  readonly __type?: unknown;
  readonly message?: unknown;
  readonly Message?: unknown;
}

const parseAnswer = (statusCode: number, body: string): object => {
  const answer = parseObject(body);
  if (statusCode === 200 && answer) return answer;
  const { __type = '', message, Message }: Refusal = answer ?? {};
  const name = `${__type}`.split('#').at(-1) || 'AwsRequestError';
  const lacks = answer ? 'a message' : 'a JSON object';
  const reason = message ?? Message ?? `HTTP status ${statusCode} without ${lacks}`;
  throw new AwsRequestError(name, `${reason}`, statusCode);
};

// A proxy or a load balancer may answer something else.
const parseObject = (body: string): object | undefined => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value ? value : undefined;
  } catch {
    return undefined;
  }
};
