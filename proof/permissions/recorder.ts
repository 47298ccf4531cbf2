import type { Answer } from '../deployment/answer.ts';
import { type LocalAws, type Received, startLocalAws } from '../deployment/local-aws.ts';
import { createOtherServices } from '../deployment/other-services.ts';
import type { SignedRequest } from '../deployment/signed-request.ts';
import type { FunctionCall } from './aws-call.ts';
import { callsOfRequest } from './calls-of-request.ts';
import { failWith, type Trouble } from './trouble.ts';

/** AWS for the functions; it writes down what they call. */
export interface Recorder extends LocalAws {
  readonly calls: readonly FunctionCall[];
  /** From now on the first `times` requests of each function for each operation fail. */
  readonly fail: (trouble: Trouble, times: number) => void;
}

/** The failure of requests, and how often each operation of a function has failed. */
interface Failing {
  readonly trouble: Trouble;
  readonly times: number;
  readonly failed: Map<string, number>;
}

/** Starts a recorder that passes requests to DynamoDB on to the one at `dynamodb`, and answers all others itself. */
export const startRecorder = async (dynamodb: string): Promise<Recorder> => {
  const calls: FunctionCall[] = [];
  let failing: Failing | undefined;
  const answerOther = createOtherServices();
  const aws = await startLocalAws((request, received) => {
    const { functionName, service } = request;
    calls.push(...callsOfRequest(request).map((call) => ({ functionName, ...call })));
    if (failing && isFailing(failing, request)) return failWith(failing.trouble, service);
    return service === 'dynamodb' ? passOn(dynamodb, received) : answerOther(request);
  });
  return {
    ...aws,
    calls,
    fail: (trouble, times) => {
      failing = { trouble, times, failed: new Map() };
    },
  };
};

const isFailing = (
  { failed, times }: Failing,
  { functionName, operation }: SignedRequest,
): boolean => {
  const key = `${functionName} ${operation}`;
  const before = failed.get(key) ?? 0;
  failed.set(key, before + 1);
  return before < times;
};

const passOn = async (
  endpoint: string,
  { headers: { host, connection, ...headers }, body }: Received,
): Promise<Answer> => {
  const response = await fetch(endpoint, {
    ...{ method: 'POST', body },
    headers: headers as Record<string, string>,
  });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, body: await response.text() };
};
