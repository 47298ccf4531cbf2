import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** `npm start` in a separate process. */
export interface StartedCounter extends AsyncDisposable {
  readonly url: string;
  /** The resident memory of its process, without the emulator's. */
  readonly megabytes: () => number;
}

const KILOBYTE = 1_024;

/** Starts it with a data folder on a free port, and waits until it is ready. */
export const startCounter = async (dataFolder: string): Promise<StartedCounter> => {
  const args = ['src/local/start.ts', '--port', '0', '--data', dataFolder];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await findUrl(createInterface({ input: child.stdout }));
  return {
    url,
    megabytes: () => {
      const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)]).toString();
      return (Number(kilobytes) * KILOBYTE) / 1e6;
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
