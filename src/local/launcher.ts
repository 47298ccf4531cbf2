import { readFileSync } from 'node:fs';

const LOOK_MS = 500;

/**
 * Calls `whenGone` once when npm, which started this process, is gone: killed, it cannot pass a
 * signal on, and the shell between the two passes none on. Does nothing where npm did not start
 * this process; who starts it otherwise may leave it running on purpose.
 */
export const watchLauncher = (env: NodeJS.ProcessEnv, whenGone: () => void): void => {
  const { npm_lifecycle_script: script } = env;
  if (script === undefined) return;
  const npm = findNpm(script);
  const look = setInterval(() => {
    if (findNpm(script) === npm) return;
    clearInterval(look);
    whenGone();
  }, LOOK_MS).unref();
};

// A process whose parent ends gets another one. npm is our parent, or our grandparent when the
// shell that runs the script does not give its place to us. Only Linux tells which; elsewhere the
// usual shells do.
const findNpm = (script: string): string => {
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
