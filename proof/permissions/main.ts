import { writeBundles } from '../../infra/bundling/bundles.ts';
import { synthesizeCounter } from '../deployment/synthesize-counter.ts';
import type { AwsCall } from './aws-call.ts';
import { callsByAws } from './calls-by-aws.ts';
import { type Deployment, readDeployment } from './deployment.ts';
import { DEPLOYMENTS } from './deployments.ts';
import { type Evaluate, loadEvaluator } from './evaluator.ts';
import { findFaults, type Role } from './findings.ts';
import { forbiddenTo } from './forbidden-calls.ts';
import { runFunctions } from './run-functions.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const rolesOf = (
  deployment: Deployment,
  recorded: Awaited<ReturnType<typeof runFunctions>>['calls'],
): Role[] =>
  deployment.functions.map((deployed) => {
    const { name, statements } = deployed;
    const own: AwsCall[] = recorded
      .filter(({ functionName }) => functionName === name)
      .map(({ functionName, ...call }) => call);
    const calls = [...own, ...callsByAws(deployed, own, deployment.streamArn)];
    return { name, statements, calls, forbidden: forbiddenTo(name, deployment) };
  });

const examine = async (deployment: Deployment, evaluate: Evaluate): Promise<string[]> => {
  const { calls, problems } = await runFunctions(deployment);
  const roles = rolesOf(deployment, calls);
  const forbidden = roles.reduce((sum, role) => sum + role.forbidden.length, 0);
  print(
    `  ${calls.length} calls of ${roles.length} functions, and ${forbidden} that must be denied`,
  );
  const faults = await Promise.all(roles.map((role) => findFaults(role, evaluate)));
  return [...problems, ...faults.flat()];
};

const evaluate = loadEvaluator();
await writeBundles();
const faults: string[] = [];
for (const [name, propsOf] of Object.entries(DEPLOYMENTS)) {
  print(`A deployment with ${name}:`);
  const found = await examine(readDeployment(synthesizeCounter(propsOf)), evaluate);
  for (const fault of found) print(`  FAULT: ${fault}`);
  faults.push(...found);
}
print(
  faults.length === 0
    ? 'Every call is allowed, every permission is needed, and every forbidden call is denied.'
    : `${faults.length} faults: correct infra/permissions.ts, or what the functions call.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
