import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** `npm start` in a process of its own. */
export interface StartedCounter {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

const START_MS = 30_000;
const PAUSE_MS = 50;

/** Runs what `npm start` runs, with its data in `folder`. Rejects when it does not serve within 30 seconds. */
export const startCounter = async (
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<StartedCounter> => {
  const args = ['src/local/start.ts', '--port', '0', '--data', folder];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  process.once('exit', () => child.kill('SIGKILL'));
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  for (const giveUpAt = Date.now() + START_MS; Date.now() < giveUpAt; await delay(PAUSE_MS)) {
    const port = /http:\/\/[^\s/]+:(\d+)/.exec(printed)?.[1];
    if (port && printed.includes('Ctrl-C')) return { port: Number(port), stop: () => stop(child) };
  }
  throw new Error(`The counter does not serve; it printed: ${printed}`);
};

const stop = async (child: ChildProcess): Promise<void> => {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
};
