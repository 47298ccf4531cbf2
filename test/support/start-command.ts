import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished, vi } from 'vitest';

/** `npm start` in a process of its own. */
export interface StartedCommand {
  readonly process: ChildProcess;
  readonly url: string;
  /** All that it has printed, on both outputs. */
  readonly output: () => string;
  /** Sends a signal and waits for the end; the exit code, or the signal that ended it. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals>;
}

/** Runs what `npm start` runs and waits until it serves; killed after the test. */
export const runStartCommand = async (...args: string[]): Promise<StartedCommand> => {
  const { child, output } = spawnStart(args);
  const url = await vi.waitFor(
    () => {
      const found = /http:\/\/[^\s/]+:\d+/.exec(output())?.[0];
      if (found && output().includes('Ctrl-C')) return found;
      throw new Error(`It does not serve; it printed: ${output()}`);
    },
    { timeout: 15_000, interval: 20 },
  );
  const end = async (signal: NodeJS.Signals) => {
    const exit = once(child, 'exit');
    child.kill(signal);
    const [code, endedBy] = await exit;
    return code ?? endedBy;
  };
  return { process: child, url, output, end };
};

/** Runs what `npm start` runs until it ends by itself; its exit code and all that it printed. */
export const failStartCommand = async (
  ...args: string[]
): Promise<{ code: number; output: string }> => {
  const { child, output } = spawnStart(args);
  const [code] = await once(child, 'close');
  return { code, output: output() };
};

/**
 * Does the same with `"$@"` in a shell script, which finds the data folder in `$DATA`; what the
 * script prints is part of the output.
 */
export const failStartScript = async (
  script: string,
  dataFolder: string,
): Promise<{ code: number; output: string }> => {
  const start = [process.execPath, 'src/local/start.ts', '--port', '0', '--data', dataFolder];
  const { child, output } = follow(
    spawn('sh', ['-c', script, 'sh', ...start], {
      env: { ...process.env, DATA: dataFolder },
    }),
  );
  const [code] = await once(child, 'close');
  return { code, output: output() };
};

const spawnStart = (args: string[]) =>
  follow(
    spawn(process.execPath, ['src/local/start.ts', ...args], {
      env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'DEBUG' },
    }),
  );

const follow = (child: ChildProcessWithoutNullStreams) => {
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  return { child, output: () => printed };
};
