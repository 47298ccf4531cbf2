import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { machineHere, versionsHere } from '../bench/results.ts';
import { checkFunction } from './check-function.ts';
import { checkWrongHandler } from './check-wrong-handler.ts';
import { eventsOf } from './events.ts';
import { CLIENT_VERSION } from './install-client.ts';
import { type Measurement, measureContainer } from './measure-container.ts';
import type { Options } from './options.ts';
import { type RuntimeResults, summarize } from './results.ts';
import { fillRuntimeBlock, formatResults } from './tables.ts';
import { type Deployment, withDeployment } from './with-deployment.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Checks and measures every function, and prints the results. Resolves to whether all checks hold. */
export const runRuntime = ({ containers, isForDocs }: Options): Promise<boolean> =>
  withDeployment(async (deployment) => {
    const problems = await check(deployment);
    for (const problem of problems) print(`- ${problem}`);
    if (problems.length > 0) return false;
    print(`Every check holds for ${deployment.functions.map(({ name }) => name).join(', ')}.\n`);
    const results = await measure(deployment, containers);
    print(formatResults(results));
    if (isForDocs) writeDocs(results);
    return true;
  });

const check = async ({ functions, surroundings, facts, aws }: Deployment): Promise<string[]> => {
  const problems: string[] = [];
  for (const deployed of functions) {
    process.stderr.write(`Checking ${deployed.name}\n`);
    const events = eventsOf(deployed.name, facts);
    const found = checkFunction(deployed, surroundings, events);
    problems.push(...(await found.catch(({ message }: Error) => [message])));
    problems.push(...(await checkWrongHandler(deployed, surroundings)));
  }
  const failed = [...aws.failedResources].map((body) => `A custom resource failed: ${body}`);
  return [...problems, ...aws.problems, ...failed];
};

const measure = async (
  { functions, baselines, surroundings, facts }: Deployment,
  containers: number,
): Promise<RuntimeResults> => {
  const startedAt = new Date().toISOString();
  const measured = [...baselines, ...functions].map((deployed) => ({
    ...{ deployed, nextEvent: eventsOf(deployed.name, facts) },
    measurements: [] as Measurement[],
  }));
  // In turn, so that a busy moment of the machine does not hit one of them only.
  for (let container = 1; container <= containers; container += 1) {
    process.stderr.write(`Measuring container ${container} of ${containers}\n`);
    for (const { deployed, nextEvent, measurements } of measured)
      measurements.push(await measureContainer(deployed, surroundings, nextEvent));
  }
  const { autocannon, ...versions } = versionsHere();
  return {
    ...{ startedAt, machine: machineHere(), containers },
    versions: { ...versions, 'aws-lambda-ric': CLIENT_VERSION },
    bundles: measured.map(({ deployed, measurements }) => {
      const { name, folder, memoryMegabytes } = deployed;
      const bytes = statSync(join(folder, 'index.mjs')).size;
      return summarize({ bundle: name, bytes, memoryMegabytes }, measurements);
    }),
  };
};

const DOCUMENT = 'docs/performance.md';

const writeDocs = (results: RuntimeResults): void => {
  writeFileSync('docs/performance/runtime.json', `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(DOCUMENT, fillRuntimeBlock(readFileSync(DOCUMENT, 'utf8'), results));
};
