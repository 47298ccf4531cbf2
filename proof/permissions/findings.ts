import { type AwsCall, describeCall, distinctCalls } from './aws-call.ts';
import { isNotEvaluated } from './calls-by-aws.ts';
import type { Evaluate } from './evaluator.ts';
import { narrowingsOf } from './narrowings.ts';
import { type Grant, grantsOf, type Statement } from './statement.ts';

/** What a role allows, and what its function does. */
export interface Role {
  readonly name: string;
  readonly statements: readonly Statement[];
  /** What must be allowed. */
  readonly calls: readonly AwsCall[];
  /** What must be denied. */
  readonly forbidden: readonly AwsCall[];
}

/**
 * What is wrong with a role, one line each: calls that are denied, wildcards, grants without which every call would
 * still be allowed, and forbidden calls that are allowed.
 */
export const findFaults = async (role: Role, evaluate: Evaluate): Promise<string[]> => {
  const calls = distinctCalls(role.calls);
  const denied = await filterCalls(calls, async (call) => !(await evaluate(role.statements, call)));
  const reached = await filterCalls(role.forbidden, (call) => evaluate(role.statements, call));
  return [
    ...denied.map((call) => `calls ${describeCall(call)}, which its role denies`),
    ...findWildcards(role.statements),
    // A call that is denied anyway says nothing about the other grants.
    ...(denied.length > 0 ? [] : await findSurplus(role, calls, evaluate)),
    ...reached.map((call) => `may call ${describeCall(call)}, which must be denied`),
  ].map((fault) => `${role.name} ${fault}`);
};

const filterCalls = async (
  calls: readonly AwsCall[],
  isFound: (call: AwsCall) => Promise<boolean>,
): Promise<AwsCall[]> => {
  const found = await Promise.all(calls.map(isFound));
  return calls.filter((_, index) => found[index]);
};

// CloudWatch has no permission for single metrics.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html
const WITHOUT_RESOURCE = ['cloudwatch:GetMetricData'];

const findWildcards = (statements: readonly Statement[]): string[] =>
  statements
    .flatMap(grantsOf)
    .filter(hasWildcard)
    .map(({ action, resource }) => `is allowed ${action} on ${resource}, which has a wildcard`);

const hasWildcard = ({ action, resource }: Grant): boolean =>
  /[*?]/.test(action) ||
  // The ARN of a log group ends in `:*`, which stands for its streams.
  (/[*?]/.test(resource.replace(/(:log-group:.*):\*$/, '$1')) &&
    !WITHOUT_RESOURCE.includes(action));

const findSurplus = async (
  { name, statements }: Role,
  calls: readonly AwsCall[],
  evaluate: Evaluate,
): Promise<string[]> => {
  const evaluated = statements.map((one) => ({
    ...one,
    Action: one.Action.filter((action) => !isNotEvaluated(name, action)),
  }));
  const surplus = narrowingsOf(evaluated.filter(({ Action }) => Action.length > 0)).map(
    async ({ lacks, statements: narrowed }) =>
      (await isEachAllowed(narrowed, calls, evaluate))
        ? [`is allowed ${lacks}, which none of its calls needs`]
        : [],
  );
  return (await Promise.all(surplus)).flat();
};

const isEachAllowed = async (
  statements: readonly Statement[],
  calls: readonly AwsCall[],
  evaluate: Evaluate,
): Promise<boolean> => {
  for (const call of calls) if (!(await evaluate(statements, call))) return false;
  return true;
};
