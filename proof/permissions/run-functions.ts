import type { DeployedFunction } from '../deployment/deployed-functions.ts';
import { startLocalTables } from '../deployment/local-tables.ts';
import type { FunctionCall } from './aws-call.ts';
import type { Deployment } from './deployment.ts';
import { type EventFacts, eventsOf, isPoison } from './events.ts';
import { startRecorder } from './recorder.ts';
import { startFunction } from './start-function.ts';
import type { Trouble } from './trouble.ts';

/** What the functions of a deployment called, and what went wrong with the run itself. */
export interface Run {
  readonly calls: readonly FunctionCall[];
  readonly problems: readonly string[];
}

// As often as the clients try, so that they give up; and once, so that they succeed.
const TROUBLES: readonly (readonly [trouble: Trouble, times: number])[] = [
  ...[['throttled', 1] as const, ['unavailable', 1] as const],
  ...[['throttled', 3] as const, ['unavailable', 3] as const],
];

/**
 * Runs every function with every event on an embedded DynamoDB: first as it should be, then in new containers while
 * AWS throttles and fails.
 */
export const runFunctions = async (deployment: Deployment): Promise<Run> => {
  const { functions, sessionsTable, countsTable } = deployment;
  await using tables = await startLocalTables({
    SESSIONS_TABLE: sessionsTable,
    COUNTS_TABLE: countsTable,
  });
  await using recorder = await startRecorder(tables.endpoint);
  const facts = { ...deployment, responseUrl: recorder.responseUrl };
  const problems = await runOnce(functions, recorder.url, facts);
  problems.push(
    ...[...recorder.failedResources].map((body) => `A custom resource failed: ${body}`),
  );
  for (const [trouble, times] of TROUBLES) {
    recorder.fail(trouble, times);
    await runOnce(functions, recorder.url, facts);
  }
  return { calls: recorder.calls, problems: [...problems, ...recorder.problems] };
};

// One container of each function, all at the same time.
const runOnce = async (
  functions: readonly DeployedFunction[],
  url: string,
  facts: EventFacts,
): Promise<string[]> => {
  const problems = functions.map((one) => runFunction(one, url, facts));
  return (await Promise.all(problems)).flat();
};

const runFunction = async (
  deployed: DeployedFunction,
  url: string,
  facts: EventFacts,
): Promise<string[]> => {
  await using container = await startFunction(deployed, url);
  const problems: string[] = [];
  for (const event of eventsOf(deployed.name, facts)) {
    const error = await container.call(event);
    if (error !== undefined && !isPoison(event)) problems.push(`${deployed.name} threw ${error}`);
    if (error === undefined && isPoison(event)) {
      problems.push(`${deployed.name} must throw for ${JSON.stringify(event)}, but it did not`);
    }
  }
  return problems;
};
