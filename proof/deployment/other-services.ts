import { type Answer, jsonAnswer, xmlAnswer } from './answer.ts';
import type { SignedRequest } from './signed-request.ts';

/**
 * All services but DynamoDB, as small as the functions need them: parameters and secrets with a key, a mapping that is
 * enabled, metrics without data, and a topic. What it returns throws an Error for an operation that is not known here.
 */
export const createOtherServices = (): ((request: SignedRequest) => Answer) => {
  const parameters = new Set<unknown>();
  const operations: Readonly<Record<string, (input: SignedRequest['input']) => Answer>> = {
    GetParameter: () => jsonAnswer({ Parameter: { Value: KEY } }),
    GetSecretValue: () => jsonAnswer({ SecretString: KEY }),
    PutParameter: ({ Name }) => {
      if (parameters.has(Name)) return jsonAnswer({ __type: 'ParameterAlreadyExists' }, 400);
      parameters.add(Name);
      return jsonAnswer({ Version: 1 });
    },
    DeleteParameter: ({ Name }) =>
      parameters.delete(Name) ? jsonAnswer({}) : jsonAnswer({ __type: 'ParameterNotFound' }, 400),
    GetEventSourceMapping: () => jsonAnswer({ State: 'Enabled' }),
    GetMetricData: () => jsonAnswer({ MetricDataResults: [] }),
    Publish: () => xmlAnswer('<PublishResponse><PublishResult/></PublishResponse>'),
  };
  return ({ service, operation, input }) => {
    const answer = operations[operation]?.(input);
    if (answer) return answer;
    throw new Error(
      `${service}:${operation} must be known: add it to proof/deployment/other-services.ts`,
    );
  };
};

const KEY = 'k'.repeat(64);
