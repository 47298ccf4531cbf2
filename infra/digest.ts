import { Lazy } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Api } from './api.ts';
import type { DigestReferences } from './environments.ts';
import { type Functions, listFunctions } from './functions.ts';
import { FUNCTION_LIMITS } from './props/function-limits.ts';

/** Resources that are created later than the environment of the digest function. */
interface LaterResources {
  readonly api: Api;
  readonly functions: Functions;
}

/** References to the topic, and to resources that are created later. */
export const referToDigest = (topic: ITopic, find: () => LaterResources): DigestReferences => ({
  topicArn: topic.topicArn,
  topicKeyArn: topic.masterKey?.keyArn,
  apiId: Lazy.string({ produce: () => find().api.http.apiId }),
  functions: Lazy.string({ produce: () => listMetered(find().functions) }),
});

// Without the digest itself, whose environment cannot hold its own name, and which runs once a week.
const listMetered = ({ digest, ...others }: Functions): string =>
  listFunctions(others)
    .map(([name, { functionName }]) => `${functionName}:${FUNCTION_LIMITS[name].memoryMegabytes}`)
    .join(',');
