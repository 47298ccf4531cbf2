import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { it, type TestContext } from 'vitest';
import { awsVariables } from '../support/counter-command.ts';

type OnTestFinished = TestContext['onTestFinished'];

/** Starts a DynamoDB that accepts requests and never responds. */
const startSilentDynamoDB = async (onTestFinished: OnTestFinished) => {
  const server = createServer();
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, firstRequest: once(server, 'request') };
};

// In parallel, because each waits for the four seconds after which a command is abandoned.
it.concurrent.for([['status'], ['verify'], ['record', '--to', 'FILE']])(
  '%s ends within five seconds of SIGTERM, even if DynamoDB does not respond',
  async (words, { expect, onTestFinished }) => {
    const { endpoint, firstRequest } = await startSilentDynamoDB(onTestFinished);
    const folder = mkdtempSync(join(tmpdir(), 'session-counter-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const args = words.map((word) => (word === 'FILE' ? join(folder, 'all.jsonl') : word));
    const tables = ['--sessions-table', 'sessions', '--counts-table', 'counts'];
    const child = spawn(process.execPath, ['src/cli/main.ts', ...args, ...tables], {
      env: { ...process.env, ...awsVariables({ endpoint }) },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const printed = text(child.stderr);
    await firstRequest;
    const signalledMs = Date.now();
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    // One more second for a busy machine.
    expect(Date.now() - signalledMs).toBeLessThan(6_000);
    expect({ code, printed: await printed }).toEqual({
      code: 130,
      printed: expect.stringContaining('Interrupted. No data is lost'),
    });
  },
);

it.concurrent.for([
  { args: ['--help'], lost: 'stdout', code: 3, says: /^Standard output was closed before/ },
  { args: ['--help', '--json'], lost: 'stdout', code: 3, says: /^{"error":"Standard output was/ },
  { args: ['recount'], lost: 'stderr', code: 2, says: /^$/ },
] as const)(
  '$args with a closed $lost ends with exit code $code and no stack trace',
  async ({ args, lost, code, says }, { expect }) => {
    const child = spawn(process.execPath, ['src/cli/main.ts', ...args]);
    const printed = text(lost === 'stdout' ? child.stderr : child.stdout);
    child[lost].destroy();
    const [exitCode] = await once(child, 'exit');
    expect({ exitCode, printed: await printed }).toEqual({
      ...{ exitCode: code, printed: expect.stringMatching(says) },
    });
    expect(await printed).not.toMatch(/\n {4}at /);
  },
);
