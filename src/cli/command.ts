import type { Environment } from '../settings/readers.ts';
import type { Console } from './console/console.ts';
import type { ExitCode } from './exit-code.ts';

/** What a command works with beside its arguments. */
export interface CommandContext {
  readonly env: Environment;
  readonly console: Console;
  /** Aborts when the reader wants it to end; a command then leaves at the next safe point. */
  readonly signal: AbortSignal;
}

/** One of the operator's commands. */
export interface Command {
  /** What it does, in one line. */
  readonly summary: string;
  /** Usage, options and examples. */
  readonly help: string;
  /**
   * Does it. Throws a UsageError before anything is done, a CommandError or what the SDK throws
   * when it cannot be done, and the signal's reason when it was interrupted.
   */
  readonly run: (args: string[], context: CommandContext) => Promise<ExitCode>;
}
