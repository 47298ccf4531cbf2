import type { SignedRequest } from './calls-of-request.ts';

/** A response of AWS. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Answers the requests to all services but DynamoDB. */
export type OtherServices = (request: SignedRequest) => Answer;

/** How requests fail: because of a limit, or because the service is not available. */
export type Trouble = 'throttled' | 'unavailable';

/**
 * Services as small as the functions need them: parameters and secrets with a key, a mapping that is enabled, metrics
 * without data, and a topic.
 */
export const createOtherServices = (): OtherServices => {
  const parameters = new Set<unknown>();
  const operations: Readonly<Record<string, (input: SignedRequest['input']) => Answer>> = {
    GetParameter: () => json({ Parameter: { Value: STORED_SECRET } }),
    GetSecretValue: () => json({ SecretString: STORED_SECRET }),
    PutParameter: ({ Name }) => {
      if (parameters.has(Name)) return json({ __type: 'ParameterAlreadyExists' }, 400);
      parameters.add(Name);
      return json({ Version: 1 });
    },
    DeleteParameter: ({ Name }) =>
      parameters.delete(Name) ? json({}) : json({ __type: 'ParameterNotFound' }, 400),
    GetEventSourceMapping: () => json({ State: 'Enabled' }),
    // A second page, as CloudWatch may answer.
    GetMetricData: ({ NextToken }) =>
      json({ MetricDataResults: [], ...(NextToken === undefined && { NextToken: 'second' }) }),
    Publish: () => xml('<PublishResponse><PublishResult/></PublishResponse>'),
  };
  return ({ operation, input }) => operations[operation]?.(input) ?? json({}, 404);
};

/** What every parameter and every secret holds. */
export const STORED_SECRET = 's'.repeat(64);

/** The answer to a request that fails, in the format of its service. */
export const failWith = (trouble: Trouble, service: string): Answer => {
  if (service === 'sns') return failInXml(trouble);
  if (trouble === 'unavailable') return json({ __type: 'ServiceUnavailable' }, 503);
  const __type =
    service === 'dynamodb' ? 'ProvisionedThroughputExceededException' : 'ThrottlingException';
  return json({ __type: `com.amazonaws#${__type}`, message: 'Rate exceeded' }, 400);
};

const failInXml = (trouble: Trouble): Answer => {
  const [status, code] =
    trouble === 'throttled' ? [400, 'Throttling'] : [503, 'ServiceUnavailable'];
  return xml(`<ErrorResponse><Error><Code>${code}</Code></Error></ErrorResponse>`, status);
};

const json = (body: object, status = 200): Answer => ({
  ...{ status, type: 'application/x-amz-json-1.0', body: JSON.stringify(body) },
});

const xml = (body: string, status = 200): Answer => ({ status, type: 'text/xml', body });
