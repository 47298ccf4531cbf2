import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** `npm start` in a separate process. */
export interface StartedCounter extends AsyncDisposable {
  readonly url: string;
  /** The resident memory of its process, without the emulator's. */
  readonly megabytes: () => Promise<number>;
}

const REPORT_MEMORY = new URL('report-memory.ts', import.meta.url).href;

/** Starts it with a data folder on a free port, and waits until it is ready. */
export const startCounter = async (dataFolder: string): Promise<StartedCounter> => {
  const start = ['src/local/start.ts', '--port', '0', '--data', dataFolder];
  // Asked by message: no command that shows the memory of a process exists on every platform.
  const child = spawn(process.execPath, ['--import', REPORT_MEMORY, ...start], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // All visitors have one address.
    env: { ...process.env, NEW_SESSIONS_PER_HOUR: '0' },
  });
  const url = await findUrl(createInterface({ input: child.stdout as Readable }));
  return {
    url,
    megabytes: async () => {
      const answer = once(child, 'message');
      child.send('memory');
      const [bytes] = await answer;
      return bytes / 1e6;
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
};

const findUrl = async (lines: AsyncIterable<string>): Promise<string> => {
  for await (const line of lines) {
    const url = /Counts\s+(http:\/\/\S+)\/counts/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error('npm start exited before it was ready');
};
