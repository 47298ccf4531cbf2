import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundled, bundleFunction, bundleSource } from '../../../infra/bundling/bundles.ts';
import { FUNCTIONS } from '../../../src/settings/function-name.ts';
import { createLatency, type Latency, round } from '../meters/latency.ts';
import type { Bench, Findings, Goal, Row } from '../part/part.ts';
import { shareOf } from './shares.ts';

const CLIENT_ONLY = 'only the DynamoDB client';
const GOAL = 1.15;

// The minimum of every function: a client, without any command.
const CLIENT_SOURCE = `
  import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
  export const handler = new DynamoDBClient({});`;

interface Candidate {
  readonly name: string;
  readonly file: string;
  readonly bundle: Bundled;
  readonly latency: Latency;
}

/** The time each bundle takes to import in a fresh process, and the parts of its size. */
export const benchColdStart = async ({ folder, plan }: Bench): Promise<Findings> => {
  const candidates = await writeCandidates(join(folder, 'cold-start'));
  for (let start = 0; start < plan.starts; start += 1) {
    for (const { file, latency } of candidates) latency.record(importOnce(file));
  }
  const [client] = candidates;
  const rows = candidates.map((each) => describe(each, client ?? each));
  return { title: 'The start of a function', rows, goals: goalsOf(rows) };
};

const writeCandidates = async (folder: string): Promise<Candidate[]> => {
  const bundles: [string, Bundled][] = [[CLIENT_ONLY, await bundleSource(CLIENT_SOURCE)]];
  for (const name of FUNCTIONS) bundles.push([name, await bundleFunction(name)]);
  return bundles.map(([name, bundle]) => {
    const place = join(folder, name.replaceAll(' ', '-'));
    mkdirSync(place, { recursive: true });
    const file = join(place, 'index.mjs');
    writeFileSync(file, bundle.text);
    writeFileSync(join(place, 'widget.js'), '');
    return { name, file, bundle, latency: createLatency() };
  });
};

const IMPORT = `
  const startedAt = performance.now();
  await import(process.argv[1]);
  process.stdout.write(String(performance.now() - startedAt));`;

// As on Lambda: settings and credentials in the environment.
const ENVIRONMENT = {
  ...{ PATH: process.env.PATH, AWS_REGION: 'us-east-1' },
  ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
  ...{ SESSIONS_TABLE: 'sessions', COUNTS_TABLE: 'counts', HASH_KEY: 'k'.repeat(32) },
};

const importOnce = (file: string): number => {
  const args = ['--input-type=module', '--eval', IMPORT, file];
  const options = { encoding: 'utf8', env: ENVIRONMENT } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(`${file} cannot be imported: ${stderr}`);
  return Number(stdout);
};

const describe = ({ name, bundle, latency }: Candidate, client: Candidate): Row => ({
  bundle: name,
  'import time, of the client alone': round(latency.percentile(50) / client.latency.percentile(50)),
  'bytes, of the client alone': round(bytesOf(bundle) / bytesOf(client.bundle)),
  bytes: bytesOf(bundle),
  'p50 ms': latency.percentile(50),
  'p99 ms': latency.percentile(99),
  starts: latency.count(),
  ...shareOf(bundle),
});

const bytesOf = ({ text }: Bundled): number => Buffer.byteLength(text);

const goalsOf = (rows: readonly Row[]): Goal[] => {
  const slowest = Math.max(...rows.map((row) => Number(row['import time, of the client alone'])));
  return [
    {
      ...{
        goal: `every function is imported within ${GOAL} times the time of the client alone`,
        kind: 'timed',
      },
      ...{ isMet: slowest <= GOAL, measured: [slowest] },
    },
  ];
};
