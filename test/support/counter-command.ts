import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Clock } from '../../src/cli/clock.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { type Console, createConsole } from '../../src/cli/console/console.ts';
import { runCounterCommand } from '../../src/cli/run-counter-command.ts';
import type { Environment } from '../../src/settings/readers.ts';
import type { TestDatabase } from './embedded-database.ts';
import { createFastClock } from './fast-clock.ts';

/** The exit code of a command, and what it printed. */
export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run counter -- ARGS` in this process, on a fast clock. */
export const runCommandHere = async (
  args: string[],
  {
    env = process.env,
    signal = new AbortController().signal,
    clock = createFastClock(),
    wait,
    progress,
  }: RunOptions = {},
): Promise<CommandRun> => {
  const streams = { out: new PassThrough(), err: new PassThrough() };
  const printed = [text(streams.out), text(streams.err)];
  const openConsole = (isJson: boolean) => ({
    ...createConsole(streams, isJson),
    ...(wait && { wait }),
    ...(progress && { progress }),
  });
  const context = { commands: COMMANDS, env, signal, clock, openConsole };
  const code = await runCounterCommand(args, context);
  streams.out.end();
  streams.err.end();
  const [out = '', err = ''] = await Promise.all(printed);
  return { code, out, err };
};

interface RunOptions {
  readonly env?: Environment;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** Replaces the console's long waits. */
  readonly wait?: Console['wait'];
  /** Replaces the console's progress bars. */
  readonly progress?: Console['progress'];
}

/** The options that name the tables of a test. */
export const tableOptions = ({ tables }: Pick<TestDatabase, 'tables'>): string[] => [
  ...['--sessions-table', tables.SESSIONS_TABLE],
  ...['--counts-table', tables.COUNTS_TABLE],
];

/** The SDK's own variables for the DynamoDB of a test. */
export const awsVariables = ({ endpoint }: Pick<TestDatabase, 'endpoint'>) => ({
  AWS_ENDPOINT_URL_DYNAMODB: endpoint,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
});
