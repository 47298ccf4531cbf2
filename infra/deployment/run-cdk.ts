import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { findCdk } from './needed-packages.ts';
import { Refusal } from './refusal.ts';

/** Runs the `cdk` command and resolves to its exit code. */
export type RunCdk = (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs `cdk` until it exits, and forwards signals to it instead of exiting. Resolves to its exit
 * code, or to 128 plus the number of the signal that ended it. Throws a Refusal when it is not
 * installed or cannot start.
 */
export const runCdk: RunCdk = (args, env) =>
  new Promise((resolve, reject) => {
    // Node.js runs it on every platform; on Windows, the command is a script for the shell, cdk.cmd.
    const child = spawn(process.execPath, [findCdk(), ...args], {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    const forward = (signal: NodeJS.Signals): void => {
      // On a terminal, Ctrl-C has already reached the child, and a second one would kill it at once.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    const settle = (): void => SIGNALS.forEach((signal) => void process.off(signal, forward));
    for (const signal of SIGNALS) process.on(signal, forward);
    child.once('error', (cause) => {
      settle();
      reject(new Refusal(`cdk could not be started: ${cause.message}`, { cause }));
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });

/**
 * The same for one app, given by its file. Neither the app nor the build command that a cdk.json names is
 * run. The file must end with .js and not be executable: then the CDK runs it with this Node.js, whatever
 * is in its path.
 */
export const runCdkOn =
  (app: string): RunCdk =>
  (args, env) =>
    runCdk([...args, '--build=', ...(args.includes('--app') ? [] : ['--app', app])], env);
