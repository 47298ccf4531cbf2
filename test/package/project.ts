import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

/** A project in which the package is installed. */
export interface Project {
  readonly path: string;
  /** Runs the command with these arguments, and waits for its end. */
  readonly run: (...args: string[]) => Ended;
  /** Runs Node.js with these arguments, and waits for its end. */
  readonly node: (...args: string[]) => Ended;
  /** Starts a local counter on a free port; returns its address. It is stopped after the test. */
  readonly start: (...args: string[]) => Promise<string>;
  /** Reads a file of the installed package. */
  readonly readInstalled: (file: string) => string;
}

export interface Ended {
  readonly code: number | null;
  /** What it printed, on both outputs. */
  readonly printed: string;
}

// As npx does it, but without AWS.
const env = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|npm)_/.test(name)),
  ),
  ...{ npm_command: 'exec', AWS_EC2_METADATA_DISABLED: 'true' },
};

const PACKAGE = 'node_modules/session-counter';
const COMMAND = `${PACKAGE}/command/command.js`;

/** The project in the folder `path`, which need not exist yet. */
export const openProject = (path: string): Project => {
  const node = (...args: string[]): Ended => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      ...{ cwd: path, env, encoding: 'utf8' },
    });
    return { code: status, printed: `${stdout}${stderr}` };
  };
  return {
    path,
    node,
    run: (...args) => node(COMMAND, ...args),
    start: (...args) => startCounter(path, args),
    readInstalled: (file) => readFileSync(join(path, PACKAGE, file), 'utf8'),
  };
};

const startCounter = async (cwd: string, args: readonly string[]): Promise<string> => {
  const child = spawn(process.execPath, [COMMAND, 'start', '--port', '0', ...args], { cwd, env });
  onTestFinished(() => void child.kill());
  let printed = '';
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (text) => (printed += text));
  }
  return vi.waitFor(
    () => {
      const url = /http:\/\/localhost:\d+/.exec(printed)?.[0];
      if (url && printed.includes('Ctrl-C')) return url;
      throw new Error(`It does not serve; it printed: ${printed}`);
    },
    { timeout: 15_000 },
  );
};
