import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import type { CommandRun } from './counter-command.ts';

/**
 * Runs `npm run counter -- ARGS` in a process whose files may grow to this many kilobytes. As on a full
 * disk, the write that reaches the limit is truncated, and the next one fails.
 */
export const runOnFullDisk = async (kilobytes: number, args: string[]): Promise<CommandRun> => {
  const limited = `ulimit -f ${kilobytes}; exec "$0" "$@"`;
  const command = [process.execPath, 'src/cli/main.ts', ...args];
  const child = spawn('bash', ['-c', limited, ...command], { env: process.env });
  onTestFinished(() => void child.kill('SIGKILL'));
  const printed = [text(child.stdout), text(child.stderr)];
  const [code] = await once(child, 'exit');
  const [out = '', err = ''] = await Promise.all(printed);
  return { code, out, err };
};
