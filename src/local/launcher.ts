import { readFileSync } from 'node:fs';

const LOOK_MS = 500;

/**
 * Calls `whenGone` once when npm, which started this process, is gone: killed, it cannot pass a
 * signal on, and the shell between the two passes none on. Does nothing where npm did not start
 * this process; who starts it otherwise may leave it running on purpose.
 */
export const watchLauncher = (env: NodeJS.ProcessEnv, whenGone: () => void): void => {
  if (env.npm_lifecycle_event === undefined) return;
  const launchers = findLaunchers();
  const look = setInterval(() => {
    if (findLaunchers() === launchers) return;
    clearInterval(look);
    whenGone();
  }, LOOK_MS).unref();
};

// A process whose parent ends gets another one. npm is our parent, or our grandparent where the
// shell does not give its place to the last command; only Linux tells that by a file.
const findLaunchers = (): string => `${process.ppid} ${readParent(process.ppid)}`;

const readParent = (pid: number): string | undefined => {
  try {
    return /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
};
