import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { Refusal } from './refusal.ts';

/** Runs the CDK's command and resolves to its exit code. */
export type RunCdk = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `cdk` to its end, whatever signal comes: it is told, and decides. Resolves to its exit
 * code, or to 128 and the number of the signal that ended it. Throws a Refusal when there is none.
 */
export const runCdk: RunCdk = (args, env) =>
  new Promise((resolve, reject) => {
    // npm run puts the CDK's command on the path.
    const child = spawn('cdk', args, { stdio: 'inherit', env: { ...process.env, ...env } });
    const tell = (signal: NodeJS.Signals): void => {
      // Ctrl-C on a terminal has reached the child already, and a second one ends it at once.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const settle = (): void => SIGNALS.forEach((signal) => void process.off(signal, tell));
    for (const signal of SIGNALS) process.on(signal, tell);
    child.once('error', (cause) => {
      settle();
      reject(
        new Refusal(`cdk cannot be run: ${cause.message}. Run npm ci, then npm run …`, { cause }),
      );
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
