import type { Environment } from '../settings/readers.ts';
import type { Clock } from './clock.ts';
import type { Console } from './console/console.ts';
import type { ExitCode } from './exit-code.ts';

/** What a command works with in addition to its arguments. */
export interface CommandContext {
  readonly env: Environment;
  readonly console: Console;
  readonly clock: Clock;
  /** Aborts when the user interrupts the command; it then stops at the next safe point. */
  readonly signal: AbortSignal;
}

/** A command of the operator, such as `verify`. */
export interface Command {
  /** What it does, in one line. */
  readonly summary: string;
  /** Usage, options and examples. */
  readonly help: string;
  /**
   * Runs the command. Throws a UsageError before it has changed anything, a CommandError or an SDK
   * error when it fails, and the signal's reason when it is interrupted.
   */
  readonly run: (args: string[], context: CommandContext) => Promise<ExitCode>;
}
