import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A Node.js process that can be killed and restarted. It never outlives this one. */
export interface RestartableProcess {
  /** The first message of the process, sent when it is ready. Rejects when it exits before. */
  readonly ready: () => Promise<unknown>;
  /** SIGKILL; resolves once the process is gone. */
  readonly kill: () => Promise<void>;
  /** Restarts a killed process. */
  readonly start: () => void;
}

/** Starts a module of this folder with these environment variables. It must exitWithParent(). */
export const startProcess = (module: string, env: NodeJS.ProcessEnv): RestartableProcess => {
  const start = (): ChildProcess =>
    fork(new URL(module, import.meta.url), { env: { ...process.env, ...env }, execArgv: [] });
  let child = start();
  return {
    ready: () => firstMessage(module, child),
    kill: () => killProcess(child),
    start: () => {
      child = start();
    },
  };
};

const firstMessage = async (module: string, child: ChildProcess): Promise<unknown> => {
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`${module} exited before it was ready (${code ?? signal})`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message;
};

const killProcess = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
};
