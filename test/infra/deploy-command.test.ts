import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Answers GetParameter as Systems Manager does.
const startSystemsManager = async (isBootstrapped: boolean): Promise<string> => {
  const server = createServer(async (request, response) => {
    const { Name } = (await json(request)) as { Name: string };
    const found = isBootstrapped && Name === '/cdk-bootstrap/hnb659fds/version';
    const answer = found ? { Parameter: { Name, Value: '21' } } : { __type: 'ParameterNotFound' };
    response
      .writeHead(found ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

// A `cdk` that writes down how it was called; a deployment ends with 3.
const CDK = `#!/bin/sh
echo "$@" >> "$RAN"
if [ "$1" = deploy ]; then exit 3; fi
`;

const run = async (args: string[], env: NodeJS.ProcessEnv) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'cdk'), CDK);
  chmodSync(join(folder, 'cdk'), 0o755);
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  const ran = join(folder, 'ran');
  const command = spawn(process.execPath, ['infra/deploy-command.ts', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...Object.fromEntries(kept),
      ...{ HOME: folder, RAN: ran, PATH: `${folder}${delimiter}${process.env.PATH}` },
      ...{ AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
      AWS_EC2_METADATA_DISABLED: 'true',
      ...env,
    },
  });
  const [said, [code]] = await Promise.all([text(command.stderr), once(command, 'exit')]);
  return { code, said, ran: existsSync(ran) ? readFileSync(ran, 'utf8').trim().split('\n') : [] };
};

const inRegion = async ({ isBootstrapped = true } = {}) => ({
  AWS_REGION: 'eu-central-1',
  AWS_ENDPOINT_URL_SSM: await startSystemsManager(isBootstrapped),
});

it('deploys with its arguments where somebody has bootstrapped, and keeps the exit code', async () => {
  const { code, ran } = await run(['-c', 'name=blog'], await inRegion());
  expect({ code, ran }).toEqual({ code: 3, ran: ['deploy -c name=blog'] });
});

it('bootstraps first where nobody has', async () => {
  const { code, ran, said } = await run([], await inRegion({ isBootstrapped: false }));
  expect({ code, ran }).toEqual({ code: 3, ran: ['bootstrap', 'deploy'] });
  expect(said).toContain('cdk bootstrap does it, once');
});

it('says that a region is missing, and runs nothing', async () => {
  const { code, ran, said } = await run([], {});
  expect({ code, ran }).toEqual({ code: 1, ran: [] });
  expect(said).toContain('AWS cannot be asked: Region is missing');
  expect(said).toContain('set AWS_REGION');
});
