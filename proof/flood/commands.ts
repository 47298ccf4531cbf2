import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

export interface CommandResult {
  readonly code: number | null;
  readonly output: string;
}

/** Starts an operator's command for the local counter with its data in `folder`. */
export const startCommand = (folder: string, ...args: string[]): ChildProcess => {
  const command = [...args, '--local', '--data', folder];
  const child = spawn(process.execPath, ['src/cli/main.ts', ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
};

/** Runs such a command to its end. */
export const runCommand = async (folder: string, ...args: string[]): Promise<CommandResult> => {
  const child = startCommand(folder, ...args);
  const [output, [code]] = await Promise.all([
    child.stdout ? text(child.stdout) : '',
    once(child, 'exit'),
  ]);
  return { code, output };
};

/** The total of the site and its removed rows, as `export` writes them. */
export const readTotal = async (folder: string): Promise<string> => {
  const { output } = await runCommand(folder, 'export', '--counter', 'site');
  const line = output.split('\r\n').find((record) => record.startsWith('site,total,'));
  return line ?? output;
};
