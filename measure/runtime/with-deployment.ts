import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeBundles } from '../../infra/bundling/bundles.ts';
import {
  type DeployedFunction,
  listDeployedFunctions,
} from '../../proof/deployment/deployed-functions.ts';
import { type LocalAws, startLocalAws } from '../../proof/deployment/local-aws.ts';
import { startLocalTables } from '../../proof/deployment/local-tables.ts';
import { createOtherServices } from '../../proof/deployment/other-services.ts';
import { synthesizeCounter } from '../../proof/deployment/synthesize-counter.ts';
import { writeBaselines } from './baselines.ts';
import type { EventFacts } from './events.ts';
import { installClient } from './install-client.ts';
import type { Surroundings } from './start-container.ts';

/** A counter that is deployed on this machine. */
export interface Deployment {
  readonly functions: readonly DeployedFunction[];
  readonly baselines: readonly DeployedFunction[];
  readonly surroundings: Surroundings;
  readonly facts: EventFacts;
  readonly aws: Pick<LocalAws, 'problems' | 'failedResources'>;
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
  const functions = listDeployedFunctions(synthesizeCounter(() => EVERY_FUNCTION, bundles));
  return { functions, baselines: await writeBaselines(bundles, find(functions, 'query')) };
};

const EVERY_FUNCTION = {
  legacyRoute: true,
  digest: 'weekly',
  alarmEmail: 'me@example.com',
} as const;

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
  const { SESSIONS_TABLE = '', COUNTS_TABLE = '' } = find(written.functions, 'query').environment;
  await using tables = await startLocalTables({ SESSIONS_TABLE, COUNTS_TABLE });
  await using aws = await startLocalAws(createOtherServices());
  const endpoints = { AWS_ENDPOINT_URL: aws.url, AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint };
  const facts = { responseUrl: aws.responseUrl, sessionsTable: SESSIONS_TABLE };
  return await work({ ...written, surroundings: { client, endpoints }, facts, aws });
};

const find = (functions: readonly DeployedFunction[], name: string): DeployedFunction => {
  const found = functions.find((each) => each.name === name);
  if (found) return found;
  throw new Error(`The template must have the function ${name}, but it does not`);
};
