/** What a runtime asks of the Runtime API, or reports to it. */
export type RuntimeRequest =
  | { readonly kind: 'next' }
  | { readonly kind: 'init-error' }
  | { readonly kind: 'response' | 'error'; readonly requestId: string };

const PREFIX = '/2018-06-01/runtime';

/**
 * The request of a runtime; undefined for any other.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export const parseRuntimeRequest = (method: string, path: string): RuntimeRequest | undefined => {
  const call = `${method} ${path}`;
  if (call === `GET ${PREFIX}/invocation/next`) return { kind: 'next' };
  if (call === `POST ${PREFIX}/init/error`) return { kind: 'init-error' };
  const [, requestId, kind] = INVOCATION.exec(call) ?? [];
  if (requestId === undefined) return undefined;
  return { kind: kind as 'response' | 'error', requestId: decodeURIComponent(requestId) };
};

const INVOCATION = new RegExp(`^POST ${PREFIX}/invocation/([^/]+)/(response|error)$`);

/** What the headers of an event say. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  /** Epoch milliseconds. */
  readonly deadlineMs: number;
}

/**
 * The headers of an event, as Lambda sends them; the trace is not sampled.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html#runtimes-api-next
 */
export const invocationHeaders = ({ requestId, functionArn, deadlineMs }: Invocation) => ({
  'content-type': 'application/json',
  'lambda-runtime-aws-request-id': requestId,
  'lambda-runtime-deadline-ms': String(deadlineMs),
  'lambda-runtime-invoked-function-arn': functionArn,
  'lambda-runtime-trace-id': `Root=1-5759e988-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`,
});
