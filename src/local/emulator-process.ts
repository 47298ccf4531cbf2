import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { commandLine } from '../runtime/command-line.ts';
import { StartError } from './start-error.ts';

/** A process that does not outlive this one. */
export interface EmulatorProcess {
  readonly child: ChildProcess;
  /** Rejects when the emulator exits by itself; resolves after `stop`. */
  readonly ended: Promise<void>;
  /** Ends the emulator. Everything it has acknowledged is on disk. Never rejects. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts the emulator's `binary`. It ends with this process, even after a SIGKILL, and a Ctrl-C in the
 * terminal does not reach it: this process stops it last. Both need other means on Windows than elsewhere.
 */
export const startEmulatorProcess = (
  binary: string,
  args: readonly string[],
  platform: NodeJS.Platform = process.platform,
): EmulatorProcess => {
  const start = platform === 'win32' ? spawnOnWindows : spawnOnPosix;
  return supervise(start(binary, args));
};

// Descriptor 3 is a pipe that the kernel closes when this process ends; the subshell then kills the
// emulator, whose process id is $$. That also ends a hung emulator, and is safe: all that it has
// acknowledged is on disk. The umask keeps its files readable by their owner only.
const EXIT_WITH_PARENT =
  'umask 077; (cat <&3; kill -KILL "$$") >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@"';

const spawnOnPosix = (binary: string, args: readonly string[]): ChildProcess =>
  spawn('sh', ['-c', EXIT_WITH_PARENT, binary, ...args], {
    // In its own process group, which Ctrl-C does not reach.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });

/**
 * Windows has no `sh` and no umask: the files get the permissions of their folder. Node.js puts a child
 * that is not detached into a job object, whose processes Windows ends with this one. A hidden child has
 * a console of its own, which Ctrl-C does not reach, provided that it inherits no stream.
 *
 * @see https://github.com/libuv/libuv/blob/v1.51.0/src/win/process.c (uv__init_global_job_handle, uv_spawn)
 */
const spawnOnWindows = (binary: string, args: readonly string[]): ChildProcess =>
  spawn(binary, args, { windowsHide: true, stdio: ['ignore', 'ignore', 'pipe'] });

const exitError = (reason: string | number): StartError =>
  new StartError(
    `The embedded DynamoDB exited unexpectedly (${reason}). What it confirmed is on disk, unless the ` +
      `counter runs in memory. Start it again: ${commandLine('start')}`,
  );

const KILL_AFTER_MS = 1_500;

const supervise = (child: ChildProcess): EmulatorProcess => {
  let stopping = false;
  // A program that cannot be started emits `error` instead of `exit`.
  const exited = once(child, 'exit')
    .catch((error: NodeJS.ErrnoException) => [error.code])
    .finally(() => child.stdio[3]?.destroy());
  const ended = exited.then(([code, signal]) => {
    if (!stopping) throw exitError(code ?? signal);
  });
  // A rejection that is not awaited yet must not end this process.
  ended.catch(() => undefined);
  const stop = async (): Promise<void> => {
    stopping = true;
    child.kill(); // On Windows, this ends the process at once.
    const killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    await exited;
    clearTimeout(killTimer);
  };
  return { child, ended, stop };
};
