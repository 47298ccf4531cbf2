import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundled, bundleFunction, bundleSource } from '../../../infra/bundling/bundles.ts';
import { COUNTS_PATH, LEGACY_PATH, SESSIONS_PATH } from '../../../src/http/paths.ts';
import { httpApiEvent } from '../../../test/support/api-events.ts';
import { inserted } from '../../../test/support/stream-records.ts';

/** The calls of each container: the first, the second, and the later ones. */
const CALLS = 12;

/** A bundle whose start is measured. */
export interface Candidate {
  readonly name: string;
  /** The name of the candidate that it is compared with. */
  readonly base: string;
  readonly bundle: Bundled;
  readonly file: string;
  /** One for each call. */
  readonly events: readonly unknown[];
}

// The minimum: a client, and a call that sends one request.
const bareCall = (command: string, input: string): string => `
  import { DynamoDBClient, ${command} } from '@aws-sdk/client-dynamodb';
  const client = new DynamoDBClient({});
  const key = { TableName: 'counts', Key: { counter: { S: 'distinct_sessions' } } };
  export const handler = () => client.send(new ${command}({ ...key, ${input} }));`;

const READ = 'a bare GetItem';
const WRITE = 'a bare UpdateItem';

const BASES = {
  [READ]: bareCall('GetItemCommand', ''),
  [WRITE]: bareCall(
    'UpdateItemCommand',
    `UpdateExpression: 'ADD #t :one', ExpressionAttributeNames: { '#t': 'total' },
     ExpressionAttributeValues: { ':one': { N: '1' } }`,
  ),
};

const repeat = (event: unknown): unknown[] => Array(CALLS).fill(event);

const batches = (): unknown[] =>
  Array.from({ length: CALLS }, (_, at) => ({ shardId: 'shard-a', Records: [inserted(at + 1)] }));

const get = (path: string): unknown[] => repeat(httpApiEvent({ method: 'GET', path }));

const FUNCTIONS = {
  ingest: { base: WRITE, events: repeat(httpApiEvent({ path: SESSIONS_PATH })) },
  query: { base: READ, events: get(COUNTS_PATH) },
  legacy: { base: WRITE, events: get(LEGACY_PATH) },
  projector: { base: WRITE, events: batches() },
  reporter: { base: READ, events: repeat({}) },
} as const;

/** Writes the bundles of the bare calls and of the functions, as they are deployed, into `folder`. */
export const writeCandidates = async (folder: string): Promise<Candidate[]> => {
  const bases = Object.entries(BASES).map(async ([name, source]) => {
    const bundle = await bundleSource(source);
    return { name, base: name, bundle, file: write(folder, name, bundle), events: repeat({}) };
  });
  const functions = Object.entries(FUNCTIONS).map(async ([name, facts]) => {
    const bundle = await bundleFunction(name as keyof typeof FUNCTIONS);
    return { name, ...facts, bundle, file: write(folder, name, bundle) };
  });
  return Promise.all([...bases, ...functions]);
};

const write = (folder: string, name: string, { text }: Bundled): string => {
  const place = join(folder, name.replaceAll(' ', '-'));
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'widget.js'), '');
  const file = join(place, 'index.mjs');
  writeFileSync(file, text);
  return file;
};
