import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeBundles } from '../../infra/bundling/bundles.ts';
import { openDatabase } from '../../src/local/database.ts';
import { startEmbeddedDynamoDB } from '../../src/local/embedded-dynamodb.ts';
import { writeBaselines } from './baselines.ts';
import { type DeployedFunction, listDeployedFunctions } from './deployed-functions.ts';
import type { EventFacts } from './events.ts';
import { installClient } from './install-client.ts';
import { startLocalAws } from './local-aws.ts';
import type { Surroundings } from './start-container.ts';
import { synthesizeCounter } from './synthesize-counter.ts';

/** A counter that is deployed on this machine. */
export interface Deployment {
  readonly functions: readonly DeployedFunction[];
  readonly baselines: readonly DeployedFunction[];
  readonly surroundings: Surroundings;
  readonly facts: EventFacts;
  /** What went wrong in the local AWS so far. */
  readonly problems: ReadonlySet<string>;
}

/**
 * Runs `work` with a deployment: bundles, tables and a local AWS, all removed afterwards. Throws an Error when a part
 * of it cannot be made.
 */
export const withDeployment = async <Result>(
  work: (deployment: Deployment) => Promise<Result>,
): Promise<Result> => {
  const client = installClient();
  const folder = mkdtempSync(join(tmpdir(), 'session-counter-runtime-'));
  try {
    const written = await writeFunctions(folder);
    return await withServices(written, client, work);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const writeFunctions = async (folder: string) => {
  const bundles = join(folder, 'bundles');
  mkdirSync(bundles);
  linkSdk(folder);
  await writeBundles(bundles);
  const functions = listDeployedFunctions(synthesizeCounter(folder, bundles));
  return { functions, baselines: await writeBaselines(bundles, find(functions, 'query')) };
};

// Lambda has a copy of the SDK for bundles without it.
const linkSdk = (folder: string): void => {
  mkdirSync(join(folder, 'node_modules'));
  const sdk = resolve(import.meta.dirname, '../../node_modules/@aws-sdk');
  symlinkSync(sdk, join(folder, 'node_modules/@aws-sdk'));
};

const withServices = async <Result>(
  written: Pick<Deployment, 'functions' | 'baselines'>,
  client: string,
  work: (deployment: Deployment) => Promise<Result>,
): Promise<Result> => {
  const { endpoint, stop } = await startEmbeddedDynamoDB(undefined);
  try {
    const tables = tablesOf(find(written.functions, 'query'));
    await openDatabase(endpoint, tables);
    await using aws = await startLocalAws();
    const endpoints = { AWS_ENDPOINT_URL: aws.url, AWS_ENDPOINT_URL_DYNAMODB: endpoint };
    const facts = { responseUrl: `${aws.url}/response`, sessionsTable: tables.SESSIONS_TABLE };
    const surroundings = { client, endpoints };
    return await work({ ...written, surroundings, facts, problems: aws.problems });
  } finally {
    await stop();
  }
};

const tablesOf = ({
  environment: { SESSIONS_TABLE = '', COUNTS_TABLE = '' },
}: DeployedFunction) => ({
  SESSIONS_TABLE,
  COUNTS_TABLE,
});

const find = (functions: readonly DeployedFunction[], name: string): DeployedFunction => {
  const found = functions.find((each) => each.name === name);
  if (found) return found;
  throw new Error(`The template must have the function ${name}, but it does not`);
};
