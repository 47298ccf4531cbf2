import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import type { Console } from '../../src/cli/console/console.ts';
import { runCommand } from '../../src/cli/run-command.ts';
import { awsVariables } from '../support/counter-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useCommandTarget } from '../support/use-command-target.ts';

const { run } = useCommandTarget();

/** What a name of a file may lead to, but what is asked for. */
const TRAPS: Readonly<Record<string, (folder: string) => string>> = {
  nothing: (folder) => join(folder, 'nothing.jsonl'),
  'nothing, by a link': (folder) => {
    symlinkSync('/nowhere/x', join(folder, 'link'));
    return join(folder, 'link');
  },
  'itself, by a link': (folder) => {
    symlinkSync('loop', join(folder, 'loop'));
    return join(folder, 'loop');
  },
  'a file in a file': (folder) => {
    writeFileSync(join(folder, 'file'), '');
    return join(folder, 'file', 'x');
  },
  'an empty folder': (folder) => {
    mkdirSync(join(folder, 'empty'));
    return join(folder, 'empty');
  },
  'a name that is too long': (folder) => join(folder, 'x'.repeat(300)),
};
const OPTIONS: readonly (readonly string[])[] = [
  ['import', '--from-file'],
  ['import', '--from-file', 'ROWS', '--rejects'],
  ['import', '--from-file', 'ROWS', '--state'],
  ['record', '--until-idle', '1', '--to'],
  ['replay', '--compare', '--from'],
];

it.each(Object.keys(TRAPS).flatMap((trap) => OPTIONS.map((option) => [trap, option] as const)))(
  '%s is answered with a sentence when it is given to %j',
  async (trap, option) => {
    const folder = temporaryFolder();
    const rows = join(folder, 'rows.jsonl');
    writeFileSync(rows, '');
    const args = option.map((word) => (word === 'ROWS' ? rows : word));
    const { code, err } = await run(...args, TRAPS[trap]?.(folder) ?? '');
    // What is not there may be made.
    if (code === 0) return expect(trap).toBe('nothing');
    expect([2, 3]).toContain(code);
    expect(err.trim().split('\n').at(-1)).toMatch(/^[^:]* (is|holds) /);
    expect(err).not.toMatch(/E[A-Z]+: |Error: |\n {4}at /);
  },
);

/** The address of a DynamoDB that takes requests and answers none. */
const startSilence = async () => {
  const server = createServer();
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, asked: once(server, 'request') };
};

it.each([['status'], ['verify'], ['record', '--to', 'FILE']])(
  '%s ends within five seconds at SIGTERM, though the DynamoDB does not answer',
  async (...words) => {
    const { endpoint, asked } = await startSilence();
    const file = join(temporaryFolder(), 'all.jsonl');
    const args = words.map((word) => (word === 'FILE' ? file : word));
    const tables = ['--sessions-table', 'sessions', '--counts-table', 'counts'];
    const child = spawn(process.execPath, ['src/cli/main.ts', ...args, ...tables], {
      env: { ...process.env, ...awsVariables({ endpoint }) },
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const said = text(child.stderr);
    await asked;
    const toldMs = Date.now();
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    // And a second for a machine that has other things to do.
    expect(Date.now() - toldMs).toBeLessThan(6_000);
    expect({ code, said: await said }).toEqual({
      code: 130,
      said: expect.stringContaining('Interrupted. Nothing is lost'),
    });
  },
  60_000,
);

it('says in a sentence that DynamoDB does not answer', async () => {
  const problems: string[] = [];
  const hung = new Error('@smithy/node-http-handler - [ERROR] a request has exceeded the limit');
  hung.name = 'TimeoutError';
  const command = { summary: '', help: '', run: () => Promise.reject(hung) };
  const console = { problem: (words: string) => void problems.push(words) } as unknown as Console;
  const signal = new AbortController().signal;
  expect(await runCommand(command, [], { env: {}, console, signal })).toBe(3);
  expect(problems).toEqual([expect.stringMatching(/^DynamoDB does not answer; .* try again\./)]);
});
