import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { FunctionName } from '../../../src/settings/function-name.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { bundleOnce } from './bundle-once.ts';

/** The response of a function to a visit. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A container of a function that has started and waits for events. */
export interface StartedBundle {
  readonly call: (event: object) => Promise<Answer>;
  /** Stops the process for so many milliseconds, as Lambda does between two calls. */
  readonly freeze: (ms: number) => Promise<void>;
  /** Sends no more events, and waits until the process ends by itself. */
  readonly end: () => Promise<{ readonly code: number; readonly errors: string }>;
}

// Each line of its input is an event, each line of its output that begins with a > is for the test.
const RUNTIME = `
  const { createInterface } = process.getBuiltinModule('node:readline');
  const { handler } = await import('./index.mjs');
  console.log('> ready');
  const context = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 15_000 };
  for await (const line of createInterface(process.stdin))
    console.log('> ' + JSON.stringify(await handler(JSON.parse(line), context)));
`;

/** Starts a function's bundle as it is deployed; resolves when it could take its first event. */
export const startBundle = async (
  name: FunctionName,
  env: Readonly<Record<string, string>>,
): Promise<StartedBundle> => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', RUNTIME], {
    ...{ cwd: await writeBundle(name), env, stdio: ['pipe', 'pipe', 'pipe'] },
  });
  onTestFinished(() => void child.kill());
  return follow(child);
};

const writeBundle = async (name: FunctionName): Promise<string> => {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.mjs'), (await bundleOnce(name)).text);
  if (name === 'query') writeFileSync(join(folder, 'widget.js'), '');
  return folder;
};

const follow = async (
  child: ChildProcessByStdio<Writable, Readable, Readable>,
): Promise<StartedBundle> => {
  const errors = text(child.stderr);
  const exit = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`The process ended: ${await errors}`);
    return value.startsWith('> ') ? value.slice(2) : nextLine();
  };
  await nextLine();
  return {
    call: async (event) => {
      child.stdin.write(`${JSON.stringify(event)}\n`);
      return JSON.parse(await nextLine());
    },
    freeze: async (ms) => {
      child.kill('SIGSTOP');
      await setTimeout(ms);
      child.kill('SIGCONT');
    },
    end: async () => {
      child.stdin.end();
      const [code] = await exit;
      return { code, errors: await errors };
    },
  };
};
