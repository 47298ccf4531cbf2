import { ACCOUNT } from '../deployment/account.ts';
import { type AwsCall, describeCall } from './aws-call.ts';
import type { Statement } from './statement.ts';

/** Whether a role with these statements may make a call. Throws an Error for a call that IAM does not know. */
export type Evaluate = (statements: readonly Statement[], call: AwsCall) => Promise<boolean>;

/** The part of the package that is used here; its types are not there when the package is not installed. */
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

// Not a literal, because only `npm run permissions` installs it.
const PACKAGE: string = '@cloud-copilot/iam-simulate';

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

/** The evaluator of IAM policies. Throws an Error when its package is not installed. */
export const loadEvaluator = async (): Promise<Evaluate> => {
  const { runSimulation }: Package = await import(PACKAGE).catch((cause) => {
    const message = `${PACKAGE} must be installed: start this with npm run permissions`;
    throw new Error(message, { cause });
  });
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
