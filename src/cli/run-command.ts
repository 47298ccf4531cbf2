import { AuditError } from '../audit/audit-error.ts';
import { StartError } from '../local/start-error.ts';
import { SettingError } from '../settings/setting-error.ts';
import type { Command, CommandContext } from './command.ts';
import { CommandError, UsageError } from './command-error.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { describeFileError } from './files/file-error.ts';

/**
 * Runs a command and returns its exit code, or that of its error, whose message it prints. Never
 * rejects. Returns at most four seconds after the signal, even if the command hangs; the caller
 * then ends the process.
 */
export const runCommand = async (
  command: Command,
  args: string[],
  context: CommandContext,
): Promise<ExitCode> => {
  try {
    return await Promise.race([command.run(args, context), rejectWhenOverdue(context.signal)]);
  } catch (error) {
    const { code, text } = describeError(error, context.signal);
    context.console.error(text);
    return code;
  }
};

const STOP_MS = 4_000;

// Every command can be killed at any time and run again, so giving up loses nothing.
const rejectWhenOverdue = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const giveUp = (): void => void setTimeout(() => reject(signal.reason), STOP_MS).unref();
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });

const describeError = (
  error: unknown,
  signal: AbortSignal,
): { readonly code: ExitCode; readonly text: string } => {
  if (error instanceof UsageError) return { code: EXIT.usage, text: error.message };
  if (error instanceof SettingError) return { code: EXIT.usage, text: error.message };
  if (error instanceof AuditError) return { code: EXIT.failed, text: error.message };
  if (error instanceof CommandError) return { code: EXIT.failed, text: error.message };
  if (error instanceof StartError) return { code: EXIT.failed, text: error.message };
  if (signal.aborted) {
    const text = 'Interrupted. No data is lost; run the same command again to continue.';
    return { code: EXIT.interrupted, text };
  }
  return { code: EXIT.failed, text: describeFailure(error as Error) };
};

const ADVICE: Readonly<Record<string, string>> = {
  AccessDeniedException: 'The credentials lack a permission',
  CredentialsProviderError: 'Sign in (aws configure or aws sso login), or set AWS_PROFILE',
  ExpiredTokenException: 'Sign in again',
  ResourceNotFoundException: 'The table does not exist; check its name, region and account',
  TimeoutError: 'DynamoDB does not respond; check that it is running and try again',
  UnrecognizedClientException: 'The credentials are not valid here',
};

// Of the system calls that connect; a connection to two addresses of a host fails with one error for both.
const UNREACHABLE = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EPIPE'],
];

const describeFailure = (error: Error & { readonly code?: unknown }): string => {
  const file = describeFileError(error);
  if (file) return file;
  if (UNREACHABLE.includes(String(error.code))) {
    const detail = error.message || error.code;
    return `DynamoDB cannot be reached; check that it is running, and run the same command again (${detail})`;
  }
  const advice = ADVICE[error.name];
  if (advice) return `${advice}. DynamoDB returned: ${error.message}`;
  return error.message.includes('Region is missing')
    ? 'Set AWS_REGION to the region of the tables'
    : `${error.name}: ${error.message}`;
};
