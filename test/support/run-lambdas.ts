import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import type { TestDatabase } from './embedded-database.ts';
import type { LambdaRun } from './lambda-run.ts';

/** Runs the Lambda entry points in a separate process with these settings; everything that they print. */
export const runLambdas = async (
  { endpoint }: TestDatabase,
  run: LambdaRun,
  settings: Readonly<Record<string, string>>,
): Promise<string> => {
  const child = spawn(process.execPath, ['test/support/lambda-run.ts'], {
    env: {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
      HASH_KEY: 'a key of thirty-two characters or more',
      COUNTER_NAME: 'my-page',
      ...settings,
    },
  });
  child.stdin.end(JSON.stringify(run));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  return stdout + stderr;
};
