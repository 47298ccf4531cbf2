import { AuditError } from '../audit/audit-error.ts';
import { StartError } from '../local/start-error.ts';
import { SettingError } from '../settings/setting-error.ts';
import type { Command, CommandContext } from './command.ts';
import { CommandError, UsageError } from './command-error.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { describeFileError } from './files/file-error.ts';

/**
 * Runs a command and tells how it ended: its own exit code, or the one of the error, whose message
 * the reader has seen. Ends within four seconds after the signal, though the command may hang: what it
 * waits for then, the caller ends with the process. Never rejects.
 */
export const runCommand = async (
  command: Command,
  args: string[],
  context: CommandContext,
): Promise<ExitCode> => {
  try {
    return await Promise.race([command.run(args, context), untilOverdue(context.signal)]);
  } catch (error) {
    const { code, text } = describeEnd(error, context.signal);
    context.console.problem(text);
    return code;
  }
};

const STOP_MS = 4_000;

// A command can be killed at any time and run again, so nothing is lost by it.
const untilOverdue = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const giveUp = (): void => void setTimeout(() => reject(signal.reason), STOP_MS).unref();
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });

const describeEnd = (
  error: unknown,
  signal: AbortSignal,
): { readonly code: ExitCode; readonly text: string } => {
  if (error instanceof UsageError) return { code: EXIT.usage, text: error.message };
  if (error instanceof SettingError) return { code: EXIT.usage, text: error.message };
  if (error instanceof AuditError) return { code: EXIT.failed, text: error.message };
  if (error instanceof CommandError) return { code: EXIT.failed, text: error.message };
  if (error instanceof StartError) return { code: EXIT.failed, text: error.message };
  if (signal.aborted) {
    const text = 'Interrupted. Nothing is lost: the same command goes on where it was.';
    return { code: EXIT.interrupted, text };
  }
  return { code: EXIT.failed, text: describeFailure(error as Error) };
};

const WHAT_TO_DO: Readonly<Record<string, string>> = {
  AccessDeniedException: 'The credentials in use lack this permission',
  CredentialsProviderError: 'Sign in (aws configure, aws sso login) or set AWS_PROFILE',
  ExpiredTokenException: 'Sign in again',
  ResourceNotFoundException: 'There is no such table here; look at its name, region and account',
  TimeoutError: 'DynamoDB does not answer; look whether it runs, and try again',
  UnrecognizedClientException: 'The credentials in use are not known here',
};

const describeFailure = (error: Error): string => {
  const file = describeFileError(error);
  if (file) return file;
  const advice = WHAT_TO_DO[error.name];
  if (advice) return `${advice}. DynamoDB said: ${error.message}`;
  return error.message.includes('Region is missing')
    ? 'Set AWS_REGION: the SDK must know where the tables are'
    : `${error.name}: ${error.message}`;
};
