import { readFileSync } from 'node:fs';

const POLL_MS = 500;

/**
 * Calls `onExit` once when npm, which started this process, has exited. A killed npm cannot forward
 * the signal, and the shell in between forwards none. Does nothing if npm did not start this
 * process: any other launcher may leave it running on purpose.
 */
export const watchLauncher = (env: NodeJS.ProcessEnv, onExit: () => void): void => {
  const { npm_lifecycle_script: script } = env;
  if (script === undefined) return;
  const npm = findNpm(script);
  const timer = setInterval(() => {
    if (findNpm(script) === npm) return;
    clearInterval(timer);
    onExit();
  }, POLL_MS).unref();
};

// A process gets another parent when its parent exits. npm is the parent, or the grandparent if the
// shell that runs the script does not exec this process. Only Linux shows which. On macOS the usual
// shells do exec. On Windows the shell ends with npm, which keeps it in a job object, but a process
// keeps the id of a parent that has exited.
const findNpm = (script: string): string => {
  if (!isRunning(process.ppid)) return 'none';
  const parent = String(process.ppid);
  const isShell = readProcess(parent, 'cmdline').includes(script);
  const [, grandparent] = /^PPid:\s*(\d+)$/m.exec(readProcess(parent, 'status')) ?? [];
  return isShell ? `${parent} of ${grandparent}` : parent;
};

const readProcess = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};

/** Whether there is a process with this id, of any user. */
export const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
};
