/** A signed request to AWS, as it was received. */
export interface SignedRequest {
  readonly functionName: string;
  /** The service in the signature, such as `monitoring`. */
  readonly service: string;
  /** The name of the API operation. */
  readonly operation: string;
  /** The parameters. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** A request without its body. */
interface Head {
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
const CREDENTIAL = /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;

/**
 * A request with the function and the service that its signature names; undefined without a signature, and then IAM
 * has no part in it. The id of a function's access key must be its name.
 */
export const parseSignedRequest = (head: Head, body: string): SignedRequest | undefined => {
  const [, functionName, service] = CREDENTIAL.exec(`${head.headers.authorization}`) ?? [];
  if (functionName === undefined || service === undefined) return undefined;
  return { functionName, service, ...parseOperation(head, body) };
};

// JSON with a header, a path of REST, or a form.
const parseOperation = ({ url = '', headers }: Head, body: string) => {
  const target = headers['x-amz-target'];
  if (target !== undefined) {
    return { operation: `${target}`.split('.').at(-1) ?? '', input: JSON.parse(body) };
  }
  const [, mapping] = /^\/2015-03-31\/event-source-mappings\/([^/]+)$/.exec(url) ?? [];
  if (mapping !== undefined) {
    return { operation: 'GetEventSourceMapping', input: { UUID: mapping } };
  }
  const { Action = '', ...input } = Object.fromEntries(new URLSearchParams(body));
  return { operation: Action, input };
};
