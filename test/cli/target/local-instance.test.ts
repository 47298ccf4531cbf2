import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { browser } from '../../support/browsers.ts';
import { runCommandHere } from '../../support/counter-command.ts';
import { countsOf, runLocalCounter, untilCounts, visit } from '../../support/local-counter.ts';
import { runStartCommand } from '../../support/start-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { useOwnTables } from '../../support/test-environment.ts';

useOwnTables();

const run = (dataFolder: string, command: string, ...args: string[]) =>
  runCommandHere([command, '--local', '--data', dataFolder, ...args]);

const VISITOR = ['--ip', '127.0.0.1', '--user-agent', browser()];

const noCounter = (folder: string) => ({
  code: 3,
  out: '',
  err: `No counter is running on the data folder ${folder}. Start one with npm start\n`,
});

// Not with Node.js: opening and closing the lock of a counter in this process would release it.
const copyOf = (dataFolder: string): string => {
  const copy = join(temporaryFolder(), 'copy');
  execFileSync('cp', ['-a', dataFolder, copy]);
  return copy;
};

it('commands on a copy of the folder do not affect the running counter', async () => {
  const dataFolder = temporaryFolder();
  const { url } = await runLocalCounter({ dataFolder });
  await visit(url);
  await untilCounts(url, 1, 1);
  const copy = copyOf(dataFolder);
  expect(existsSync(join(copy, 'instance.json'))).toBe(true);
  expect(await run(copy, 'forget', ...VISITOR)).toEqual(noCounter(copy));
  expect(await run(copy, 'status')).toEqual(noCounter(copy));
  expect(await countsOf(url)).toMatchObject({ active_sessions: 1 });
  expect(await run(dataFolder, 'forget', ...VISITOR)).toMatchObject({ code: 0 });
  await untilCounts(url, 1, 0);
});

it('commands on a copy use the counter that is running on the copy', async () => {
  const dataFolder = temporaryFolder();
  const original = await runLocalCounter({ dataFolder });
  const copy = copyOf(dataFolder);
  const { url } = await runLocalCounter({ dataFolder: copy });
  expect((await run(copy, 'status')).out).toContain(`the counter at ${url}`);
  expect((await run(dataFolder, 'status')).out).toContain(`the counter at ${original.url}`);
});

it('the folder is found by every path that leads to it', async () => {
  const dataFolder = temporaryFolder();
  const { url } = await runLocalCounter({ dataFolder });
  const link = join(temporaryFolder(), 'link');
  symlinkSync(dataFolder, link);
  expect((await run(link, 'status')).out).toContain(`the counter at ${url}`);
});

it('a killed counter is not running, whatever files it left', async () => {
  const dataFolder = temporaryFolder();
  const { end } = await runStartCommand('--port', '0', '--data', dataFolder);
  expect((await run(dataFolder, 'status')).code).toBe(0);
  await end('SIGKILL');
  expect(existsSync(join(dataFolder, 'instance.json'))).toBe(true);
  expect(await run(dataFolder, 'status')).toEqual(noCounter(dataFolder));
});

it('a folder without a counter is not changed', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'photos'));
  writeFileSync(join(folder, 'instance.json'), '{"url":"http://localhost:1","settings":{}}');
  const missing = join(folder, 'missing');
  for (const command of ['status', 'verify', 'rebuild']) {
    expect(await run(folder, command)).toEqual(noCounter(folder));
    expect(await run(missing, command)).toEqual(noCounter(missing));
  }
  expect(readdirSync(folder).sort()).toEqual(['instance.json', 'photos']);
});

it('a counter started with HASH_KEY is found with that key, not with one of its folder', async () => {
  const dataFolder = temporaryFolder();
  const HASH_KEY = 'k'.repeat(32);
  const { url } = await runLocalCounter({ dataFolder, env: { HASH_KEY } });
  expect(readdirSync(dataFolder)).not.toContain('hash-key');
  await visit(url);
  await untilCounts(url, 1, 1);
  const forget = ['forget', '--local', '--data', dataFolder, ...VISITOR];
  const withoutKey = await runCommandHere(forget, { env: {} });
  expect(withoutKey).toMatchObject({ code: 3, err: expect.stringContaining('set HASH_KEY') });
  expect(await runCommandHere(forget, { env: { HASH_KEY } })).toMatchObject({ code: 0 });
  await untilCounts(url, 1, 0);
});
