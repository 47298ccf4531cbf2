import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { bundleObserver } from '../../../infra/bundling/bundles.ts';
import { parseRecording } from '../../../proof/observation/recording/parse-recording.ts';
import { awsVariables } from '../../support/counter-command.ts';
import { useDatabase } from '../../support/embedded-database.ts';
import { inserted } from '../../support/stream-records.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const database = useDatabase();

const RUNTIME = `
  const event = JSON.parse(await new Response(process.stdin).text());
  const { handler } = await import('./index.mjs');
  const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 10_000 };
  process.stderr.write(JSON.stringify(await handler(event, context)));
  process.exit();
`;

it('runs alone, as in Lambda, and logs what it received and which shards there are', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.mjs'), (await bundleObserver()).text);
  const child = spawn(process.execPath, ['--input-type=module', '--eval', RUNTIME], {
    cwd: folder,
    env: {
      ...awsVariables(database()),
      AWS_ENDPOINT_URL: database().endpoint,
      STREAM_ARN: database().streamArn,
    },
  });
  const shardId = 'shardId-00000001732384800123-0a1b2c3d';
  child.stdin.end(JSON.stringify({ shardId, Records: [inserted(1)], state: {} }));
  const [log, answer] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const { invocations, parents, gaps } = parseRecording(log.trim().split('\n'));
  expect(invocations).toMatchObject([{ shardId, outcome: 'taken', records: [{ name: 'I' }] }]);
  expect({ shards: parents.size, gaps }).toEqual({ shards: 1, gaps: [] });
  expect(JSON.parse(answer)).toEqual({
    state: { previous: invocations[0]?.id },
    batchItemFailures: [],
  });
});
