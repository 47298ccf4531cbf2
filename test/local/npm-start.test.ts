import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, type TestContext, vi } from 'vitest';
import { canConnect } from '../support/can-connect.ts';
import { findProcess } from '../support/find-process.ts';
import { countsOf } from '../support/local-counter.ts';
import { processesOf } from '../support/processes-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { useEmbeddedDynamoDB } from '../support/test-environment.ts';

useEmbeddedDynamoDB();

const killAll = (word: string): void => {
  for (const pid of processesOf(word).keys()) process.kill(pid, 'SIGKILL');
};

/** Runs `npm start` with npm and its shell, in its own process group as in a terminal. */
const npmStart = async (
  { onTestFinished }: TestContext,
  script = 'exec "$@"',
  env: Record<string, string> = {},
) => {
  const dataFolder = temporaryFolder(onTestFinished);
  const args = ['npm', 'start', '--', '--port', '0', '--data', dataFolder];
  const npm = spawn('sh', ['-c', script, 'sh', ...args], {
    detached: true,
    env: { ...process.env, ...env },
  });
  onTestFinished(() => killAll(dataFolder));
  let output = '';
  npm.stdout.on('data', (chunk) => (output += chunk));
  npm.stderr.on('data', (chunk) => (output += chunk));
  const url = await vi.waitFor(
    () => {
      if (!output.includes('Ctrl-C')) throw new Error(`It does not serve. Its output: ${output}`);
      return /http:\/\/localhost:\d+/.exec(output)?.[0] ?? '';
    },
    { timeout: 30_000, interval: 50 },
  );
  return { npm, dataFolder, url, output: () => output };
};

const isOpen = (url: string): Promise<boolean> =>
  canConnect(Number(new URL(url).port), '127.0.0.1');

// Five seconds, and one more for a busy machine.
const STOP_MS = 6_000;

const untilAllEnded = async (
  { expect }: TestContext,
  dataFolder: string,
  url: string,
): Promise<void> => {
  const left = () => [...processesOf(dataFolder).values()].map((args) => args.join(' '));
  await expect.poll(left, { timeout: STOP_MS, interval: 50 }).toEqual([]);
  expect(await isOpen(url)).toBe(false);
  const files = readdirSync(dataFolder).filter((name) => !name.startsWith('dynamodb.sqlite'));
  expect(files).toEqual(['hash-key', 'lock']);
};

const toGroup = ({ pid = 0 }: ChildProcess, signal: NodeJS.Signals): boolean =>
  process.kill(-pid, signal);

it.for<[how: string, end: (npm: ChildProcess) => unknown]>([
  ['SIGTERM to npm', (npm) => npm.kill('SIGTERM')],
  ['SIGKILL to npm, which cannot forward it', (npm) => npm.kill('SIGKILL')],
  ['a terminal that is closed', (npm) => toGroup(npm, 'SIGHUP')],
  ['Ctrl-C', (npm) => toGroup(npm, 'SIGINT')],
  [
    'Ctrl-C twice',
    (npm) => {
      toGroup(npm, 'SIGINT');
      setTimeout(() => toGroup(npm, 'SIGINT'), 20);
    },
  ],
])('everything ends within five seconds at %s', { timeout: 60_000 }, async ([, end], context) => {
  const { npm, dataFolder, url, output } = await npmStart(context);
  // npm, shell, Node.js, emulator: all of them are running.
  expect(processesOf(dataFolder).size).toBeGreaterThanOrEqual(3);
  expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
  end(npm);
  await untilAllEnded(context, dataFolder, url);
  expect(output()).not.toMatch(/were killed|at /);
});

// These mostly wait, so they wait together.
describe.concurrent('at the same time', () => {
  it('everything ends within five seconds at SIGTERM, even if the DynamoDB hangs', async (context) => {
    const { npm, dataFolder, url } = await npmStart(context);
    process.kill(findProcess('dynoxide', `${dataFolder}/dynamodb.sqlite`), 'SIGSTOP');
    const visit = fetch(`${url}/counts`).catch(() => undefined);
    npm.kill('SIGTERM');
    await untilAllEnded(context, dataFolder, url);
    await visit;
  }, 60_000);

  it.for(['sh', 'bash'])(
    'keeps running after the shell that started npm has ended, with %s as script shell',
    { timeout: 60_000 },
    async (npm_config_script_shell, context) => {
      // `read` ends with its input, and with it the shell.
      const { npm, dataFolder, url } = await npmStart(context, '"$@" & read -r _', {
        npm_config_script_shell,
      });
      npm.stdin.end();
      await once(npm, 'exit');
      // The launcher is polled every 500 ms.
      await delay(1_200);
      context.expect(await countsOf(url)).toMatchObject({ unique_session_count: 0 });
      const started = [...processesOf(dataFolder)].find(([, [name]]) => name?.startsWith('npm'));
      process.kill(started?.[0] ?? 0, 'SIGKILL');
      await untilAllEnded(context, dataFolder, url);
    },
  );
});
